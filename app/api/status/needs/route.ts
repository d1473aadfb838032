import { route } from "@/lib/server/http/route";
import { readNeeds } from "@/lib/server/inbox/read-status";
import { NeedsSchema } from "@/lib/shared/api/account";

export const GET = route({ reply: NeedsSchema }, ({ ctx }) => readNeeds(ctx.session));
