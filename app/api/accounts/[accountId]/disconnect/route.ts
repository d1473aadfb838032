import { disconnect } from "@/lib/server/accounts/read-me";
import { route } from "@/lib/server/http/route";
import { AccountParams, DisconnectBody } from "@/lib/shared/api/account";
import { Done } from "@/lib/shared/api/common";

export const POST = route(
  { params: AccountParams, body: DisconnectBody, reply: Done },
  async ({ ctx, params, body }) => {
    await disconnect(ctx.session, params.accountId, body.forget);
    return { ok: true as const };
  },
);
