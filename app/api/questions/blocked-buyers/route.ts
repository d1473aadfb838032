import { route } from "@/lib/server/http/route";
import { listBlocked, unblock } from "@/lib/server/inbox/blocked-buyers";
import { BlockedBuyersSchema, UnblockBody } from "@/lib/shared/api/question";

export const GET = route({ reply: BlockedBuyersSchema }, ({ ctx }) => listBlocked(ctx.session));

export const POST = route({ body: UnblockBody, reply: BlockedBuyersSchema }, ({ ctx, body }) =>
  unblock(ctx.session, body),
);
