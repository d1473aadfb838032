import "server-only";

/** Why a sign-in ended without an account. The sign-in page has words and a way on for each. */
export type SignInProblem =
  | "denied"
  | "operator"
  | "state"
  | "expired_code"
  | "not_allowed"
  | "wrong_account"
  | "meli_down"
  | "config"
  | "unknown";

/** The problem that Mercado Libre names when it sends the browser back without a code. */
export function problemOfCallback(error: string): SignInProblem {
  const code = error.toLowerCase();
  if (code === "access_denied") return "denied";
  if (code.includes("operator")) return "operator";
  if (code === "invalid_client" || code === "unauthorized_application" || code === "invalid_scope")
    return "config";
  if (code === "temporarily_unavailable" || code === "server_error") return "meli_down";
  return "unknown";
}

/** The problem behind a refused code exchange (auth-and-limits.md 4). */
export function problemOfExchange(error: string): SignInProblem {
  switch (error) {
    case "invalid_grant":
      return "expired_code";
    case "invalid_operator_user_id":
      return "operator";
    case "invalid_client":
    case "invalid_request":
    case "invalid_scope":
    case "unsupported_grant_type":
    case "unauthorized_application":
      return "config";
    case "unauthorized_client":
    case "forbidden":
      return "denied";
    default:
      return "unknown";
  }
}
