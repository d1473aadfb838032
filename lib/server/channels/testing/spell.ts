import type { Truth } from "./any-conversation";
import { Dice } from "./dice";
import { hasAgentPath, type Spoken } from "./truth";

/** Digits that go out as a JSON number, also beyond what a JavaScript number holds (messages.md 1). */
const bare = (digits: string) => `#${digits}#`;

/** JSON as it stands on the wire. */
export const wireText = (value: unknown) => JSON.stringify(value).replace(/"#(\d+)#"/g, "$1");

const id = (dice: Dice, digits: string) => dice.pick(digits, bare(digits));

function moment(dice: Dice, at: Date): string {
  const iso = at.toISOString();
  const seconds = iso.slice(0, 19);
  const west = new Date(at.getTime() - 4 * 3_600_000).toISOString().slice(0, 19);
  return dice.pick(
    `${seconds}Z`,
    iso,
    `${seconds}.000Z`,
    `${west}.000-04:00`,
    `${west}-0400`,
    `${seconds}+00:00`,
  );
}

/** A party of a message: `user_id` as a rule, with or without the names of old pages (messages.md 2.1, 9). */
function party(dice: Dice, userId: string): unknown {
  const user = id(dice, userId);
  const more = dice.pick({}, {}, { name: "" }, { name: "Ana Paz", email: "ana@example.test" });
  return dice.pick<unknown>({ user_id: user, ...more }, { user_id: user, ...more }, { id: user, ...more }, [
    { user_id: user },
  ]);
}

/** One message in one of the spellings that the documents and the field reports leave open (messages.md 2.1, 5, 9). */
export function spellMessage(truth: Truth, one: Spoken, other: string): Record<string, unknown> {
  const dice = new Dice(one.turn.spelling);
  const at = moment(dice, one.at);
  const to = dice.pick<Record<string, unknown>>({ to: party(dice, other) }, { to: null }, {});
  // A seller's own message is returned although it was moderated (messages.md 2.1).
  const isModerated = one.isSellers && one.turn.isHidden;
  const status = isModerated
    ? dice.pick("moderated", "rejected", "MODERATED", "blocked")
    : dice.pick("available", "AVAILABLE", "available", "something_new");
  return {
    [dice.pick("id", "id", "message_id")]: one.id,
    from: party(dice, one.by),
    ...to,
    ...dice.pick<object>({}, { site_id: truth.siteId }, { site_id: null, client_id: 1_000_000_000_000_001 }),
    ...dice.pick<object>({}, { subject: null, odd_new_field: [{}, null, "x"] }),
    status,
    text: dice.pick<unknown>(one.text, one.text, { plain: one.text }),
    ...(truth.profile === "GLOBAL" ? { text_translated: dice.pick<string | null>("", null, "hi") } : {}),
    message_date: dice.pick<object>(
      { created: at, received: at, available: at, notified: null, read: null },
      { created: at },
      { created: null, received: at },
      { received: at, read: at },
    ),
    message_moderation: isModerated
      ? { status: dice.pick("rejected", "REJECTED", "blocked"), reason: "automatic_message" }
      : dice.pick<object | null>(
          { is_automatic: false, status: "clean", reason: null, source: "online", moderation_date: at },
          { status: "NON_MODERATED", reason: "none", by: "online", moderation_date: null },
          { status: "clean", reason: null, source: "offline" },
          null,
        ),
    message_attachments: dice.pick<unknown[] | null>(null, []),
    message_resources: dice.pick<unknown[] | null>(
      [
        { id: id(dice, truth.packId), name: "packs" },
        { id: id(dice, truth.sellerId), name: "sellers" },
      ],
      [
        { id: id(dice, truth.packId), name: "packs" },
        { id: truth.sellerId, name: "seller" },
      ],
      null,
    ),
    conversation_first_message: false,
    data: dice.pick<object | null>(null, { option_id: null }),
  };
}

/** `conversation_status` as told; a null one says nothing (messages.md 2.1). */
export function spellState(truth: Truth): unknown {
  if (truth.isStateNull) return null;
  const dice = new Dice(truth.spelling);
  const segment = dice.pick("sellers", "seller");
  const path = `/packs/${truth.packId}/${segment}/${truth.sellerId}`;
  const shown = hasAgentPath(truth)
    ? { path: `${path}/conversations/${dice.pick("seller", "buyer", "SELLER", "post_sale")}` }
    : dice.pick<object>({ path }, { path: null }, {});
  return {
    ...(truth.profile === "GLOBAL" ? {} : shown),
    status: truth.status,
    substatus: truth.substatus,
    ...dice.pick<object>({}, { status_date: new Date().toISOString(), status_update_allowed: false }),
    ...dice.pick<object>({ claim_ids: [] }, { claim_ids: null }, { claim_id: null }, {}),
    ...dice.pick<object>({}, { shipping_id: null, data: null }),
  };
}
