import { route } from "@/lib/server/http/route";
import { readSummary } from "@/lib/server/inbox/read-summary";
import { SummarySchema } from "@/lib/shared/api/inbox";

export const GET = route({ reply: SummarySchema }, ({ ctx }) => readSummary(ctx.session));
