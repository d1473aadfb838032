import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import { codeOnly, failureForLog, MeliError } from "@/lib/server/mercadolibre/failure";
import { AppError } from "@/lib/shared/errors";

/** Anything that looks like a credential of Mercado Libre's, wherever it turns up (auth-and-limits.md 8.7). */
const CREDENTIAL = /\b(APP_USR-[\w-]+|TG-[\w-]+)|(Bearer\s+)[^\s"\\]+/g;

/** Replaces credentials in a text by a mark. Pure. */
export function withoutCredentials(text: string): string {
  return text.replace(
    CREDENTIAL,
    (_whole, _token, bearer: string | undefined) => `${bearer ?? ""}[credential]`,
  );
}

/** How deep a chain of causes is told. */
const DEPTH = 5;

/** What a log keeps of an error: what it is and where it came from. The values of a failed query stay out, wherever the
 *  driver puts them: they are people's words. Pure. */
export function errorForLog(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const known = error instanceof AppError ? { code: error.code, detail: detailOf(error) } : codeOf(error);
  const failure = error instanceof MeliError ? { failure: failureForLog(error.failure) } : {};
  const cause =
    error.cause === undefined || depth >= DEPTH ? {} : { cause: errorForLog(error.cause, depth + 1) };
  const message = withoutParams(error.message);
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { type: error.name, message, ...known, ...failure, stack: frames.join("\n"), ...cause };
}

/** The reason may be Mercado Libre's own word, and that may be a person's. */
function detailOf({ detail: { reason, ...detail } }: AppError): object {
  return reason === undefined ? detail : { ...detail, reason: codeOnly(reason) };
}

function codeOf(error: Error): { code?: string } {
  return "code" in error && typeof error.code === "string" ? { code: error.code } : {};
}

/** Drizzle writes the values of a query behind its text. */
function withoutParams(message: string): string {
  return message.replace(/\nparams:[\s\S]*$/, "");
}

/** What a line is about: our request, account, conversation. Ids alone. */
export interface Trace {
  requestId?: string;
  accountId?: string;
  threadId?: string;
  outboxId?: string;
}

/** On the global object, because Next loads a module once per bundle. */
const shared = globalThis as typeof globalThis & { buzonTrace?: AsyncLocalStorage<Trace> };
shared.buzonTrace ??= new AsyncLocalStorage<Trace>();
const traces = shared.buzonTrace;

/** Every line that is logged while `work` runs, however deep, says what it is about. */
export function traced<T>(trace: Trace, work: () => Promise<T>): Promise<T> {
  return traces.run({ ...traces.getStore(), ...trace }, work);
}

/** What is logged here is about the process, whoever's work it happens to come up in. */
export function untraced(work: () => void): void {
  traces.exit(work);
}

/** The process's log: one JSON line each, with ids and no personal text. */
export function createLog(level: string, name: string): pino.Logger {
  return pino(
    {
      level,
      name,
      base: { pid: process.pid },
      mixin: () => ({ ...traces.getStore() }),
      serializers: { err: (error: unknown) => errorForLog(error) },
      redact: {
        paths: [
          "authorization",
          "headers.authorization",
          "*.accessToken",
          "*.refreshToken",
          "*.clientSecret",
          "query.code",
          "*.codeVerifier",
        ],
        censor: "[credential]",
      },
    },
    { write: (line: string) => void process.stdout.write(withoutCredentials(line)) },
  );
}

export type Log = pino.Logger;
