import { changeMe, readMe } from "@/lib/server/accounts/read-me";
import { route } from "@/lib/server/http/route";
import { MePatch, MeSchema } from "@/lib/shared/api/account";

export const GET = route({ reply: MeSchema }, ({ ctx }) => readMe(ctx.session));

export const PATCH = route({ body: MePatch, reply: MeSchema }, ({ ctx, body }) =>
  changeMe(ctx.session, body),
);
