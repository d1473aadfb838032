/** Why a sign-in ended without an account: the values of `?problem=`. */
export const SIGNIN_PROBLEMS = [
  "denied",
  "operator",
  "state",
  "expired_code",
  "not_allowed",
  "meli_down",
  "config",
  "wrong_account",
  "unknown",
] as const;
export type SigninProblem = (typeof SIGNIN_PROBLEMS)[number];

/** Reads `?problem=`. A value we have no words for is `unknown`; none at all is null. */
export function problemOfQuery(value: string | string[] | undefined): SigninProblem | null {
  if (value === undefined) return null;
  return SIGNIN_PROBLEMS.find((problem) => problem === value) ?? "unknown";
}
