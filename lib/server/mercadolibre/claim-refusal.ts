import "server-only";
import type { MeliFailure } from "./failure";

/** What a refused act on a claim means to who asked for it. */
export type ClaimRefusal =
  /** The claim moved on meanwhile: this is not ours to do any more. */
  | "action_gone"
  /** The same act was done already (claims.md 5.3). */
  | "duplicate"
  | "attachment_unknown"
  | "percentage"
  | "empty"
  | "too_long"
  | "file_type"
  | "file_name"
  | "file_size"
  /** Something else about the file. */
  | "file"
  /** The review of a return lacks something that its reasons ask for (claims.md 6.2). */
  | "review_form"
  /** The claim is one that takes no partial refund (claims.md 6). */
  | "not_eligible"
  | "no_claim"
  | "no_return"
  /** A claim of another seller. */
  | "not_yours"
  /** The application lacks a permission, or, in GLOBAL, there is no such claim: the answers are equal (claims.md 10). */
  | "no_access";

type Text = readonly [RegExp, ClaimRefusal];

/** Mercado Libre has one code for most refusals of an act, so its documented texts are what there is to go by (claims.md 5,
 *  6, 10), in the order in which they are told apart; any other wording stays a plain refusal. */
const REFUSED: readonly Text[] = [
  [/\baction\b.*\bnot available\b|\bnot valid action\b/is, "action_gone"],
  [/\bacci[oó]n\b.*\bno (?:est[aá] )?disponible/is, "action_gone"],
  [/\ba[cç][aã]o\b.*(?:n[aã]o (?:est[aá] )?dispon[ií]vel|indispon[ií]vel)/is, "action_gone"],
  [/\bduplicate(?:d)?\b|\balready (?:been )?(?:performed|executed)\b/i, "duplicate"],
  [/\battachments? not found\b/i, "attachment_unknown"],
  [/\bpercentage\b/i, "percentage"],
  [/\binvalid mime[ _-]?type\b|\bfile type\b|\bextension\b/i, "file_type"],
  [/\binvalid file[ _-]?name\b/i, "file_name"],
  [
    /\b(?:file|attachment|upload)\b.*\b(?:too (?:big|large)|bigger than|size)\b|\bmaximum upload size\b/is,
    "file_size",
  ],
  [/\berror retrieving uploaded file\b|\bfile\b.*\bempty\b|\bempty file\b/is, "file"],
  [/\brequired request body is missing or incorrect\b/i, "review_form"],
  [/\binvalid role_?id\b/i, "not_yours"],
  [
    /\btoo long\b|\bmax(?:imum)?\b.*\bcharacters?\b|\bexceed(?:s|ed)?\b.*\b(?:characters?|length)\b/is,
    "too_long",
  ],
  [/\b(?:empty|blank)\b|\b(?:message|text)\b.*\b(?:required|missing|must not be null)\b/is, "empty"],
];

const MISSING: readonly Text[] = [
  [/\bno associated return\b|\breturn review not found\b/i, "no_return"],
  [/\battachments? not found\b|\bfile\b.*\bnot found\b/is, "attachment_unknown"],
  // 404 of the partial refund offers (claims.md 6).
  [/\bnot authorized\b/i, "not_yours"],
];

const NO_CLAIM = /\bclaim[ _]not found\b|\bclaim id: ?\d+ not found\b|\bclaim\b.*\bdoes not exist\b/is;

type Said = Pick<MeliFailure, "status" | "code" | "message" | "causes">;

const saidIn = ({ code, message, causes }: Said) => [message, code ?? "", ...causes].join("\n");
const find = (texts: readonly Text[], said: string) => texts.find(([pattern]) => pattern.test(said))?.[1];

/**
 * What a refusal of an act on a claim means, or of a read of one. Null: nothing of its own, such as a lost sign-in, too many
 * calls, trouble, or words that nobody documented. Says nothing of whether the act may have been applied: that is
 * `failure.mayHaveApplied`. Pure.
 */
export function claimRefusalOf(failure: Said): ClaimRefusal | null {
  const said = saidIn(failure);
  switch (failure.status) {
    case 400:
      return find(REFUSED, said) ?? null;
    case 403:
      if (NO_CLAIM.test(said)) return "no_claim";
      return /forbidden_error|permission to access the resource/i.test(said) ? "not_yours" : "no_access";
    case 404:
      return find(MISSING, said) ?? "no_claim";
    case 413:
      return "file_size";
    case 415:
      return "file_type";
    case 422:
      return find(REFUSED, said) ?? "not_eligible";
    default:
      return null;
  }
}

/** Does a 404 say that the claim itself is not there, rather than what was asked of it? Pure. */
export function isClaimMissing(failure: Said): boolean {
  return failure.status === 404 && NO_CLAIM.test(saidIn(failure));
}

/** Was a search refused because it names no filter that counts, as it is when a name is spelled in the other way
 *  (claims.md 4.1, 11)? Pure. */
export function isFilterRefused(failure: Said): boolean {
  if (failure.status !== 400) return false;
  return (
    failure.code === "invalid_params" ||
    failure.code === "invalid_query" ||
    /\bat least (?:submit some|any) of these filters\b/i.test(failure.message)
  );
}
