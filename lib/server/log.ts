import "server-only";
import pino from "pino";

/** Anything that looks like a credential of Mercado Libre's, wherever it turns up (auth-and-limits.md 8.7). */
const CREDENTIAL = /\b(APP_USR-[\w-]+|TG-[\w-]+)|(Bearer\s+)\S+/g;

/** Replaces credentials in a text by a mark. Pure. */
export function withoutCredentials(text: string): string {
  return text.replace(
    CREDENTIAL,
    (_whole, _token, bearer: string | undefined) => `${bearer ?? ""}[credential]`,
  );
}

/** The process's log: one JSON line each, with ids and no personal text. */
export function createLog(level: string, name: string): pino.Logger {
  return pino(
    {
      level,
      name,
      base: { pid: process.pid },
      redact: {
        paths: [
          "authorization",
          "headers.authorization",
          "*.accessToken",
          "*.refreshToken",
          "*.clientSecret",
          "*.code",
          "*.codeVerifier",
        ],
        censor: "[credential]",
      },
    },
    { write: (line: string) => void process.stdout.write(withoutCredentials(line)) },
  );
}

export type Log = pino.Logger;
