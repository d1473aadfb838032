import { messageRefusal } from "@/sandbox/messages/refuse";
import { counterpartOf } from "@/sandbox/messages/wire";
import type { Thread } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

/** `from` and `to` of a LOCAL send (messages.md 2.3, 4.3): `lost` is a 2xx that reaches nobody.
 *  @throws Refusal 400 or 403 */
export function checkRecipient(
  world: World,
  body: Record<string, unknown>,
  thread: Thread,
): "delivered" | "lost" {
  const refuse = (status: number, code: string, text: string) =>
    messageRefusal(world, "LOCAL", status, code, text);
  const bad = (text: string) => refuse(400, "bad_request", text);
  const from = userIdOf(body.from);
  if (from === null) throw bad("The field 'from' is required");
  if (from !== thread.localSellerId && from !== thread.sellerId) {
    throw refuse(403, "forbidden", `Access denied for user ${from} to order ${thread.packId}`);
  }
  const to = userIdOf(body.to);
  if (to === null) throw bad("The field 'to.user_id' is required");
  if (!/^\d+$/.test(to)) throw bad("Invalid 'to' user id");
  if (to === from) throw bad("Sender and received must not be equals");
  if (to === counterpartOf(thread)) return "delivered";
  // messages.md 4.3: the buyer's id on a migrated thread is accepted and reaches nobody
  if (thread.isAgent && to === thread.buyer.id && world.settings.agentWrongRecipient === "lost")
    return "lost";
  if (world.settings.recipientRefusal === "order") {
    throw refuse(403, "forbidden", `Receiver does not belong to order ${thread.packId}`);
  }
  throw bad(
    `to_user_id ${to} does not belong to pack /packs/${thread.packId}/sellers/${thread.localSellerId}`,
  );
}

/** messages.md 2.3: string and number are both accepted. */
function userIdOf(party: unknown): string | null {
  if (party === null || typeof party !== "object" || !("user_id" in party)) return null;
  const id = party.user_id;
  return typeof id === "string" || typeof id === "number" ? String(id) : null;
}
