import "server-only";

/** What a notification speaks of, whatever the profile calls it. */
export type NoticeKind = "message" | "order" | "shipment" | "claim" | "question" | "lead" | "item" | "credit";

interface Topic {
  kind: NoticeKind;
  /** The one form of its `resource`; the group `id` is all that is ever used of it. */
  pattern: RegExp;
}

const NUMBER = "(?<id>\\d{1,20})";
const KEY = "(?<id>[A-Za-z0-9-]{8,64})";
const ITEM = "(?<id>[A-Z]{2,4}-?\\d{1,20})";
/** The claim is what stands right behind `claims/`, in every prefix and whatever follows (claims.md 9). */
const CLAIM_AT = "/?(?:(?:post-purchase|marketplace)/)?(?:v\\d/)?claims/";
const CLAIM = `${NUMBER}(?:[/?].{0,200})?`;

const topic = (kind: NoticeKind, path: string, id: string): Topic => ({
  kind,
  pattern: new RegExp(`^${path}${id}$`),
});

/** Every topic of a seller's inbox in both profiles (notifications.md 2), with the spellings of notifications.md 8: the
 *  leading slash may be missing anywhere, messages come bare or as a path, claims with three prefixes, leads in two forms. */
const TOPICS: ReadonlyMap<string, Topic> = new Map([
  ["messages", topic("message", "(?:/?messages/)?", KEY)],
  ["marketplace_messages", topic("message", "(?:/?(?:marketplace/)?messages/)?", KEY)],
  ["orders_v2", topic("order", "/?orders/", NUMBER)],
  ["marketplace_orders", topic("order", "/?(?:marketplace/)?orders/", NUMBER)],
  ["marketplace_orders_on_site", topic("order", "/?(?:marketplace/)?orders/", NUMBER)],
  ["orders_feedback", topic("order", "/?orders/", `${NUMBER}/feedback`)],
  ["orders feedback", topic("order", "/?orders/", `${NUMBER}/feedback`)],
  ["shipments", topic("shipment", "/?shipments/", NUMBER)],
  ["marketplace_shipments", topic("shipment", "/?(?:marketplace/)?shipments/", NUMBER)],
  ["post_purchase", topic("claim", CLAIM_AT, CLAIM)],
  ["claims", topic("claim", CLAIM_AT, CLAIM)],
  ["marketplace_claims", topic("claim", CLAIM_AT, CLAIM)],
  ["questions", topic("question", "/?questions/", NUMBER)],
  ["marketplace_questions", topic("question", "/?(?:marketplace/)?questions/", NUMBER)],
  ["vis_leads", topic("lead", "/?(?:vis/leads|vis_leads)/", "(?<id>[A-Za-z0-9-]{1,64})")],
  ["items", topic("item", "/?(?:marketplace/)?items/", ITEM)],
  ["marketplace_items", topic("item", "/?(?:marketplace/)?items/", ITEM)],
  ["leads-credits", topic("credit", "/?vis/loans?/", "(?<id>[A-Za-z0-9-]{1,64})")],
]);

/** The kind of a topic; null: we know nothing of it. */
export function kindOf(name: string): NoticeKind | null {
  return TOPICS.get(name)?.kind ?? null;
}

/** The id in a resource by its topic's own pattern. `unmatched`: of another form, so nothing of it may be followed. */
export function subjectOf(
  name: string,
  resource: string,
): { kind: "known"; subject: string } | { kind: "unknown" } | { kind: "unmatched" } {
  const known = TOPICS.get(name);
  if (known === undefined) return { kind: "unknown" };
  const subject = known.pattern.exec(resource)?.groups?.id;
  return subject === undefined ? { kind: "unmatched" } : { kind: "known", subject };
}
