import "server-only";
import type { MeliFailure } from "./failure";

/** What Mercado Libre says of a text it does not take. It gives these two no code of their own, so its documented texts
 *  are what there is to go by (messages.md 2.3, 3.3); any other wording stays a plain refusal. */
const TEXTS: readonly [RegExp, "characters" | "too_long"][] = [
  [/character\/s that is\/are not supported/i, "characters"],
  [/content is too long|max characters allowed/i, "too_long"],
];

/** Why a text was refused, where that is known: the same text can never pass. Pure. */
export function textRefusalOf(failure: MeliFailure): "characters" | "too_long" | null {
  if (failure.status !== 400) return null;
  const said = [failure.message, ...failure.causes].join("\n");
  return TEXTS.find(([pattern]) => pattern.test(said))?.[1] ?? null;
}

/** Does a refused message say that the one a conversation may be begun with was used up? A 403 without a code of its own,
 *  in whatever language: the name of the option and the word for it are what there is (messages.md 5). Pure. */
export function isStartSpent({ status, message, causes }: MeliFailure): boolean {
  if (status !== 403) return false;
  const said = [message, ...causes].join("\n");
  return /\bOTHER\b/.test(said) && /\b(?:option|opci[oó]n|op[cç][aã]o)(?!\p{L})/iu.test(said);
}
