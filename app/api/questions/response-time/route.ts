import { route } from "@/lib/server/http/route";
import { readResponseTimes } from "@/lib/server/inbox/response-times";
import { ResponseTimesSchema } from "@/lib/shared/api/question";

export const GET = route({ reply: ResponseTimesSchema }, ({ ctx }) => readResponseTimes(ctx.session));
