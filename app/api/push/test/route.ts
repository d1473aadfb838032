import { route } from "@/lib/server/http/route";
import { sendTest } from "@/lib/server/push/subscriptions";
import { PushTestSchema } from "@/lib/shared/api/push";

export const POST = route({ reply: PushTestSchema }, ({ ctx }) => sendTest(ctx));
