import "server-only";

const SECRETS: readonly [RegExp, string][] = [
  [/\b(?:APP_USR|TG|TEST)-[\w-]{6,}/g, "[token]"],
  [/\b(Bearer)\s+[^\s"',;]+/gi, "$1 [token]"],
  [
    /((?:access_token|refresh_token|client_secret|code_verifier|[?&]code)["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi,
    "$1[secret]",
  ],
];

/**
 * The text without anything that opens an account: token shapes, bearer headers, secrets in queries or JSON
 * (auth-and-limits.md 8, rule 7). `known` are exact values to hide as well, such as the token of this very call.
 */
export function redact(text: string, known: readonly string[] = []): string {
  let clean = text;
  for (const secret of known) if (secret.length >= 6) clean = clean.replaceAll(secret, "[token]");
  for (const [pattern, replacement] of SECRETS) clean = clean.replace(pattern, replacement);
  return clean;
}

/** What is safe to keep of an error as a `cause`: its kind, its system code and its redacted words. */
export function redactedCause(error: unknown, known: readonly string[] = []): Error {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const code = systemCodeOf(error);
  return new Error(redact(code === null ? words : `${words} (${code})`, known));
}

/** The system's code of a network error (`ECONNREFUSED`, `UND_ERR_SOCKET`, ...), looked for through its causes. */
export function systemCodeOf(error: unknown): string | null {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth++) {
    if ("code" in current && typeof current.code === "string") return current.code;
    if (current instanceof AggregateError && current.errors.length > 0) current = current.errors[0];
    else current = "cause" in current ? current.cause : null;
  }
  return null;
}
