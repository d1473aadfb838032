import { route } from "@/lib/server/http/route";
import { readStatus } from "@/lib/server/inbox/read-status";
import { StatusSchema } from "@/lib/shared/api/account";

export const GET = route({ reply: StatusSchema }, ({ ctx }) => readStatus(ctx.session));
