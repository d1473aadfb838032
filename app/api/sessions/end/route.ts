import { endSession } from "@/lib/server/accounts/end-session";
import { route } from "@/lib/server/http/route";
import { EndSessionBody } from "@/lib/shared/api/account";
import { Done } from "@/lib/shared/api/common";

export const POST = route({ body: EndSessionBody, reply: Done }, ({ ctx, body }) =>
  endSession(ctx, body.all),
);
