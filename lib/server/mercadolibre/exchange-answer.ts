import "server-only";
import type { z } from "zod";
import { MeliError, type MeliFailure } from "./failure";
import type { Download } from "./http";
import { parseJson } from "./json";
import type { Route } from "./paths";
import { redactedCause } from "./redact";
import type { Broken, Opened } from "./transport";

/** How a try ended, when it did not end well. */
export interface Refusal {
  error: MeliError;
  isWorthAnotherTry: boolean;
  isRateLimit: boolean;
  isUnauthorized: boolean;
}

/** Did a try end badly? Tells a refusal from any result. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === "object" && value !== null && "error" in value && value.error instanceof MeliError;

/** The body of a 2xx as the schema reads it. A body that cannot be had or makes no sense is a refusal of ours. */
export async function takeJson<T>(
  opened: Opened,
  note: (broken: Broken) => MeliError,
  route: Route,
  schema: z.ZodType<T>,
): Promise<T | Refusal> {
  const text = await opened.text();
  if (typeof text !== "string") return brokenRefusal(text, note);
  const isRead = route.method === "GET";
  let body: unknown;
  try {
    body = text.trim() === "" ? undefined : parseJson(text);
  } catch (cause) {
    return unreadable(opened.response, route, "not JSON", { isRead, isWorthAnotherTry: isRead, cause });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  // Only where and what kind: a value of the answer is a person's text.
  const where = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join(".")}: ${issue.code}`);
  return unreadable(opened.response, route, where.join("; "), { isRead, isWorthAnotherTry: false });
}

/** A 2xx is a success whatever its body: what there is of it, undefined when that is nothing, cut or no JSON. */
export async function takeAny(opened: Opened): Promise<unknown> {
  const text = await opened.text();
  if (typeof text !== "string" || text.trim() === "") return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The bytes of a 2xx, as they come. */
export function takeStream(opened: Opened, note: (broken: Broken) => MeliError): Download {
  const { headers } = opened.response;
  const length = headers.get("content-encoding") === null ? headers.get("content-length") : null;
  return {
    body: opened.stream(note),
    type: headers.get("content-type"),
    size: length !== null && /^\d{1,12}$/.test(length) ? Number(length) : null,
  };
}

function unreadable(
  response: Response,
  route: Route,
  what: string,
  o: { isRead: boolean; isWorthAnotherTry: boolean; cause?: unknown },
): Refusal {
  const requestId = response.headers.get("x-request-id");
  const failure: MeliFailure = {
    status: response.status,
    code: "unexpected_answer",
    message: what,
    causes: [],
    blockedBy: null,
    requestId,
    retryAfterMs: null,
    mayHaveApplied: !o.isRead,
  };
  const words = `${route.method} ${route.path} answered ${response.status} with something else: ${what}`;
  // A JSON syntax error quotes the text around it, which may be a person's: its kind is enough.
  const cause = o.cause instanceof Error ? { cause: new Error(o.cause.name) } : {};
  const error = new MeliError("meli_unreadable", words, failure, { reason: "unexpected_answer" }, cause);
  return { error, isWorthAnotherTry: o.isWorthAnotherTry, isRateLimit: false, isUnauthorized: false };
}

/** What a try without a whole answer ends with; another one helps where nothing can have been done. */
export function brokenRefusal(broken: Broken, note: (broken: Broken) => MeliError): Refusal {
  const error = note(broken);
  const isWorthAnotherTry = broken.why !== "too_large" && !error.failure.mayHaveApplied;
  return { error, isWorthAnotherTry, isRateLimit: false, isUnauthorized: false };
}

/** No whole answer as the one kind of error. */
export function brokenError(
  broken: Broken,
  seen: { method: string; path: string; status: number | null; requestId: string | null },
  isRead: boolean,
  token: string,
): MeliError {
  const failure: MeliFailure = {
    status: seen.status,
    code: broken.why,
    message: `no whole answer: ${broken.why}`,
    causes: [],
    blockedBy: null,
    requestId: seen.requestId,
    retryAfterMs: null,
    mayHaveApplied: !isRead && broken.wasSent,
  };
  const code = broken.why === "too_large" ? "meli_unreadable" : "meli_down";
  return new MeliError(
    code,
    `${seen.method} ${seen.path}: ${broken.why}`,
    failure,
    { reason: broken.why },
    { cause: redactedCause(broken.cause, [token]) },
  );
}
