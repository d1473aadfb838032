import "server-only";
import { z } from "zod";
import { isRecord } from "./json";
import { accepted } from "./message-wire";
import { count, field, idOf, requiredId, sift, textOf, word } from "./wire";

/** One reason that a conversation can be begun with, out of the tree in which Mercado Libre hands them. */
export interface GuideReason {
  id: string;
  kind: "template" | "free_text";
  /** Each with the ids of the variables that it asks for. */
  templates: { id: string; vars: string[] }[];
  /** Characters of a free text; null when not told. */
  charLimit: number | null;
  isEnabled: boolean;
  /** How often it may still be used; null when not told. */
  left: number | null;
}

/** Reasons have been seen one level deep; the documents promise no depth. */
const DEEPEST = 8;

/** Null, a list of ids, or a list of objects with one (messages.md 3.1). */
const vars = field((value) =>
  (Array.isArray(value) ? value : []).flatMap((element) => {
    const found = idOf(isRecord(element) ? element.id : element);
    return found === null ? [] : [found];
  }),
);
const template = z.object({ id: requiredId, vars });

/** True unless told otherwise. */
const unlessFalse = field((value) => value !== false && value !== "false");

const reason = z.object({
  id: requiredId,
  type: word,
  templates: field((value) => sift(value, template).kept),
  char_limit: count,
  enabled: unlessFalse,
  actionable: unlessFalse,
  cap_available: count,
  child_options: field((value): unknown[] => (Array.isArray(value) ? value : [])),
});

function kindOf({ type, templates, char_limit }: z.output<typeof reason>): GuideReason["kind"] | null {
  if (type === "template" || type === "free_text") return type;
  if (templates.length > 0) return "template";
  return type === null && char_limit !== null ? "free_text" : null;
}

/** One reason and those below it. A parent that is not actionable only groups its children. */
function flat(value: unknown, isOpen: boolean, depth: number): GuideReason[] {
  const parsed = reason.safeParse(value);
  if (!parsed.success || depth > DEEPEST) return [];
  const one = parsed.data;
  const isEnabled = isOpen && one.enabled;
  const children = one.child_options.flatMap((child) => flat(child, isEnabled, depth + 1));
  const kind = kindOf(one);
  if (kind === null || (children.length > 0 && !one.actionable)) return children;
  const own: GuideReason = {
    id: one.id,
    kind,
    templates: one.templates,
    charLimit: one.char_limit,
    isEnabled: isEnabled && one.actionable,
    left: one.cap_available,
  };
  return [own, ...children];
}

/** The reasons to communicate: `child_options` to any depth, in one list, each id once (messages.md 3.1). */
export const guideReasons = z
  .object({ options: z.array(z.unknown()).nullable() })
  .transform(({ options }): GuideReason[] => {
    const all = (options ?? []).flatMap((element) => flat(element, true, 0));
    return [...new Map(all.toReversed().map((one) => [one.id, one])).values()].toReversed();
  });

const cap = z.object({ option_id: requiredId, cap_available: count });

/** How often each reason may still be used, by its id (messages.md 3.2). */
export const guideCaps = z
  .array(z.unknown())
  .transform(
    (rows) => new Map(sift(rows, cap).kept.map((row) => [row.option_id, row.cap_available] as const)),
  );

/** What a begun conversation answers: the message as it was sent, with its text (messages.md 3.3). */
export const guideAnswer = field((value) => ({
  ...accepted.parse(value),
  text: isRecord(value) ? textOf(value.text) : null,
}));
