import type { ChannelName } from "@/lib/shared/thread";
import { automaticSpans } from "./automatic";
import { piecesOf } from "./characters";
import { claimSpans } from "./claim";
import { emailSpans } from "./email";
import { fold } from "./fold";
import { linksOf } from "./links";
import { outsideSpans } from "./outside";
import { paymentSpans } from "./payment";
import { phoneSpans } from "./phone";
import { repaired } from "./repair";
import { shortenerSpans } from "./shortener";
import { socialSpans } from "./social";
import { merged, type Span } from "./span";

export const LINT_RULES = [
  "too_long",
  "characters",
  "emoji",
  "shortener",
  "link",
  "social",
  "phone",
  "email",
  "payment",
  "claim",
  "automatic",
] as const;

export type LintRule = (typeof LINT_RULES)[number];

/** What a rule found in the text as it was typed. */
export interface LintFinding extends Span {
  rule: LintRule;
  /** The text between start and end. */
  found: string;
  /** refused = Mercado Libre answers 400 and nothing is sent; moderated = it is likely taken and then withheld. */
  fate: "refused" | "moderated";
  /** Mercado Libre's moderation reason (messages.md 7), null for what is refused. */
  reason: string | null;
}

/** Mercado Libre's moderation reason for each rule (messages.md 7); null: the message is refused at once (2.3). */
const REASON_OF: Readonly<Record<LintRule, string | null>> = {
  too_long: null,
  characters: null,
  emoji: null,
  shortener: "LINK_SHORT_URL",
  link: "LINKS",
  social: "SOCIAL_NETWORK_LINK",
  phone: "PERSONAL_DATA",
  email: "PERSONAL_DATA",
  payment: "LINK_MERCADOPAGO",
  claim: "EVASION_CLAIM_SELLER",
  automatic: "AUTOMATIC_MESSAGE",
};

/** Rules that do not hold on a channel. The character set, the ban of automatic texts and links that lead outside by
 *  themselves are told of messages or of questions alone: no document says them of claims (messages.md 2.3, 7; claims.md 5.3).
 *  An answer is public: links and personal data are banned from it (questions-and-contacts.md 1.4, 1.6), and there is no claim yet. */
const NOT_ON: Readonly<Record<ChannelName, ReadonlySet<LintRule>>> = {
  messages: new Set(["link"]),
  claims: new Set(["link", "characters", "emoji", "automatic"]),
  questions: new Set(["characters", "emoji", "automatic", "claim"]),
};

/** What Mercado Libre would refuse or withhold in the draft of a message, in the order of the text (messages.md 2.3, 7, 8;
 *  questions-and-contacts.md 1.4, 1.6). A warning, never a verdict: only Mercado Libre knows its moderation (ADR 044). Pure,
 *  linear in the length of the text.
 *  @param o.maxLength the thread's own limit in Unicode code points, 0 included
 *  @param o.channel whose rules hold: those of messages unless told otherwise */
export function lintDraft(text: string, o: { maxLength: number; channel?: ChannelName }): LintFinding[] {
  const findings: LintFinding[] = [];
  const without = NOT_ON[o.channel ?? "messages"];
  const add = (rule: LintRule, { start, end }: Span, reason = REASON_OF[rule]) => {
    if (without.has(rule)) return;
    const fate = reason === null ? "refused" : "moderated";
    findings.push({ rule, start, end, found: text.slice(start, end), fate, reason });
  };

  const limit = offsetOf(text, o.maxLength);
  if (limit < text.length) add("too_long", { start: limit, end: text.length });
  for (const piece of piecesOf(text)) if (piece.kind !== "plain") add(piece.kind, piece);

  const folded = fold(text);
  const plain = folded.text;
  const links = linksOf(plain);
  const emails = emailSpans(plain);
  const phones = phoneSpans(plain, links, emails);
  const addAll = (rule: LintRule, spans: readonly Span[]) => {
    for (const span of merged(spans)) add(rule, folded.origin(span));
  };
  const shorteners = shortenerSpans(plain, links);
  const socials = socialSpans(plain, links, phones);
  addAll("shortener", shorteners);
  addAll("social", socials);
  addAll("phone", phones);
  addAll("email", emails);
  const payments = paymentSpans(plain, links);
  for (const { reason, ...span } of payments) add("payment", folded.origin(span), reason);
  if (!without.has("link")) {
    addAll("link", outsideSpans(plain, links, [...shorteners, ...socials, ...phones, ...payments]));
  }
  addAll("claim", claimSpans(plain));
  addAll("automatic", automaticSpans(text));
  return findings.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The text with every character that Mercado Libre refuses replaced by one that it takes, where there is one (messages.md 2.3,
 *  8): quotes, dashes, dots, bullets, arrows, signs, spaces, letters that only look otherwise; emoji that are not listed are
 *  removed with the space that they leave over. What has no plain form stays. Never changes what is fine; a repaired text is
 *  its own repair. Pure. */
export function repairDraft(text: string): string {
  return repaired(text);
}

/** The UTF-16 offset of the n-th code point, the text's length when it has no more than n. */
function offsetOf(text: string, n: number): number {
  if (text.length <= n) return text.length;
  let at = 0;
  for (let count = 0; count < n && at < text.length; count += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}
