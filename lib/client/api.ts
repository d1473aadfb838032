import * as z from "zod/mini";
import { ApiError, isErrorCode } from "@/lib/client/api-error";
import { reportOffline, reportOnline } from "@/lib/client/online";
import { reportSignedOut } from "@/lib/client/signed-out";
import { ProblemSchema } from "@/lib/shared/api/common";

export interface CallOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
  /** After so long without an answer there is none: for what may be asked again. Not together with `signal`. */
  timeoutMs?: number;
  /** Lets the request outlive the page: a draft that is saved while the tab closes. */
  keepalive?: boolean;
}

/** One call of our own API, parsed with the schema that its handler used.
 *  @throws ApiError always, and nothing else, except the abort of `signal`. A 401 also leads to the sign-in page. */
export async function call<Schema extends z.ZodMiniType>(
  schema: Schema,
  path: string,
  options: CallOptions = {},
): Promise<z.output<Schema>> {
  const response = await send(path, options);
  const body = await readJson(response, options.signal);
  if (!response.ok) throw failureOf(response.status, body);
  const parsed = z.safeParse(schema, body);
  if (!parsed.success) throw new ApiError("bug", { status: response.status }, { cause: parsed.error });
  return parsed.data;
}

async function send(path: string, options: CallOptions): Promise<Response> {
  const init: RequestInit = { method: options.method ?? "GET", headers: { accept: "application/json" } };
  if (options.body !== undefined) {
    init.body = JSON.stringify(options.body);
    init.headers = { accept: "application/json", "content-type": "application/json" };
  }
  if (options.signal) init.signal = options.signal;
  if (options.timeoutMs !== undefined) init.signal = AbortSignal.timeout(options.timeoutMs);
  if (options.keepalive) init.keepalive = true;
  try {
    const response = await fetch(path, init);
    reportOnline();
    return response;
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    reportOffline();
    throw new ApiError("offline", {}, { cause });
  }
}

/** Null: no JSON. An answer that breaks off is none, whatever its status said. */
async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  let text: string;
  try {
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError("offline", {}, { cause });
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The error that an answer of our API stands for; reports a lost session on the way. */
export function failureOf(status: number, body: unknown): ApiError {
  const problem = z.safeParse(ProblemSchema, body);
  if (status === 401) reportSignedOut();
  if (!problem.success) {
    // A proxy that speaks for us: we ourselves did not answer.
    const isUnanswered = status >= 502 && status <= 504;
    return new ApiError(status === 401 ? "signed_out" : isUnanswered ? "offline" : "bug", { status });
  }
  const { code, reason, retryAt, requestId, fields } = problem.data;
  return new ApiError(isErrorCode(code) ? code : "bug", {
    status,
    requestId,
    reason: reason ?? null,
    retryAt: retryAt ?? null,
    fields: fields ?? null,
  });
}
