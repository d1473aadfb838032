import type { GuideChoice, GuideOption, OutboxView } from "@/lib/shared/api/thread";

/** Reasons that have words of their own (messages.md 3.1); any other is shown as Mercado Libre spells it. */
export const GUIDE_REASONS = [
  "REQUEST_VARIANTS",
  "REQUEST_BILLING_INFO",
  "SEND_INVOICE_LINK",
  "OTHER",
  "DELIVERY_PROMISE",
] as const;
export type KnownReason = (typeof GUIDE_REASONS)[number] | "unknown";

/** The key of a reason's words. */
export function reasonKeyOf(optionId: string): KnownReason {
  return GUIDE_REASONS.find((known) => known === optionId.toUpperCase()) ?? "unknown";
}

/** Why a reason cannot be used now; null: it can. */
export type ReasonOff = "spent" | "disabled" | "no_template";

export function offOf(option: GuideOption): ReasonOff | null {
  if (option.left !== null && option.left < 1) return "spent";
  if (!option.isEnabled) return "disabled";
  return option.kind === "template" && option.templates.length === 0 ? "no_template" : null;
}

/** The reason that stands picked: the seller's own choice while it can be used, else the one that fits anything. No other
 *  is picked for anybody: a template would leave with one press, and a text under the wrong reason is moderated. */
export function pickedOf(options: readonly GuideOption[], chosen: string | null): GuideOption | null {
  const usable = options.filter((option) => offOf(option) === null);
  return (
    usable.find((option) => option.id === chosen) ??
    usable.find((option) => option.kind === "free_text" && reasonKeyOf(option.id) === "OTHER") ??
    null
  );
}

/** What a variable stands for. A delivery promise asks from which hour and until which (messages.md 3.1). */
export type VarRole = "from" | "to" | "other";

export function roleOf(varId: string): VarRole {
  if (/(^|_)INIT$/i.test(varId)) return "from";
  return /(^|_)LIMIT$/i.test(varId) ? "to" : "other";
}

/** The part of a variable's id that tells it from the template's others. */
export function varNameOf(varId: string): string {
  return varId.split("___VAR___").at(-1) ?? varId;
}

const HOURS_MAX = 24;

export type VarsCheck =
  | { kind: "fine"; vars: GuideChoice["vars"] }
  | { kind: "missing" }
  | { kind: "whole" }
  | { kind: "order" };

/** The variables of a template as they are typed. Hours are whole, from 1 to 24, and the first comes before the second:
 *  anything else would be refused after the press of Send. */
export function checkVars(varIds: readonly string[], typed: Readonly<Record<string, string>>): VarsCheck {
  const texts = varIds.map((id) => (typed[id] ?? "").trim());
  const vars = varIds.map((id, index) => ({ id, value: Number(texts[index]) }));
  const isBad = texts.some((text) => text !== "" && !(/^\d+$/.test(text) && isHour(Number(text))));
  if (isBad) return { kind: "whole" };
  if (texts.some((text) => text === "")) return { kind: "missing" };
  const hourOf = (role: VarRole) => vars.find(({ id }) => roleOf(id) === role)?.value;
  const [from, to] = [hourOf("from"), hourOf("to")];
  if (from !== undefined && to !== undefined && from >= to) return { kind: "order" };
  return { kind: "fine", vars };
}

const isHour = (value: number) => value >= 1 && value <= HOURS_MAX;

const BETWEEN: ReadonlySet<OutboxView["state"]> = new Set([
  "queued",
  "held",
  "sending",
  "accepted",
  "uncertain",
]);

/** Is a message with a reason on its way? Mercado Libre locks the sale meanwhile, and what is left is not known. */
export function isStarting(outbox: readonly Pick<OutboxView, "option" | "state">[]): boolean {
  return outbox.some(({ option, state }) => option !== null && BETWEEN.has(state));
}

/** Changes whenever a message with a reason does: what is left of each reason has to be asked for again. */
export function startsOf(outbox: readonly Pick<OutboxView, "id" | "option" | "state">[]): string {
  return outbox.flatMap(({ id, option, state }) => (option === null ? [] : [`${id}:${state}`])).join(" ");
}
