import "server-only";
import { systemCodeOf } from "./redact";

/** JSON answers beyond this are not read on. */
export const MAX_JSON_BYTES = 8 * 1024 * 1024;
/** A file is at most 25 MB (messages.md 2.4), decimal or binary. */
export const MAX_FILE_BYTES = 26 * 1024 * 1024;
/** A download that is silent for this long is dead. */
const IDLE_MS = 20_000;

export type Breakage = "timeout" | "network" | "cut" | "too_large";

/** Why no whole answer arrived. */
export interface Broken {
  kind: "broken";
  why: Breakage;
  /** False only when the request certainly never left: no connection was made. */
  wasSent: boolean;
  cause: unknown;
}

export interface Opened {
  kind: "opened";
  response: Response;
  /** The whole body as text. Broken when it is cut, slow or longer than MAX_JSON_BYTES. */
  text(): Promise<string | Broken>;
  /** The body as it comes, at most MAX_FILE_BYTES. Its errors pass through `onBreak`. */
  stream(onBreak: (broken: Broken) => Error): ReadableStream<Uint8Array>;
}

export interface Outgoing {
  url: URL;
  method: string;
  headers: Headers;
  body?: string | FormData;
  timeoutMs: number;
}

const NEVER_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
]);

class TooLarge extends Error {}

/** One request, one answer's headers. Redirects are not followed. Never throws. */
export async function send(fetcher: typeof fetch, outgoing: Outgoing): Promise<Opened | Broken> {
  const controller = new AbortController();
  const clock = deadline(controller, outgoing.timeoutMs);
  try {
    const response = await fetcher(outgoing.url, {
      method: outgoing.method,
      headers: outgoing.headers,
      redirect: "manual",
      signal: controller.signal,
      ...(outgoing.body === undefined ? {} : { body: outgoing.body }),
    });
    clock.stop();
    return opened(response, controller, outgoing.timeoutMs);
  } catch (error) {
    clock.stop();
    return broken(error, controller, "network");
  }
}

function opened(response: Response, controller: AbortController, timeoutMs: number): Opened {
  return {
    kind: "opened",
    response,
    async text() {
      const clock = deadline(controller, timeoutMs);
      try {
        return await readCapped(response, MAX_JSON_BYTES);
      } catch (error) {
        if (!(error instanceof TooLarge)) return broken(error, controller, "cut");
        controller.abort();
        return { kind: "broken", why: "too_large", wasSent: true, cause: error };
      } finally {
        clock.stop();
      }
    },
    stream: (onBreak) => streamCapped(response, controller, onBreak),
  };
}

async function readCapped(response: Response, limit: number): Promise<string> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of iterate(response.body)) {
    size += chunk.byteLength;
    if (size > limit) throw new TooLarge(`answer longer than ${limit} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

async function* iterate(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

function streamCapped(
  response: Response,
  controller: AbortController,
  onBreak: (broken: Broken) => Error,
): ReadableStream<Uint8Array> {
  const reader = response.body?.getReader();
  let size = 0;
  return new ReadableStream<Uint8Array>({
    async pull(sink) {
      if (reader === undefined) return sink.close();
      const clock = deadline(controller, IDLE_MS);
      try {
        const { done, value } = await reader.read();
        if (done) return sink.close();
        size += value.byteLength;
        if (size > MAX_FILE_BYTES) throw new TooLarge(`file longer than ${MAX_FILE_BYTES} bytes`);
        sink.enqueue(value);
      } catch (error) {
        const why: Broken =
          error instanceof TooLarge
            ? { kind: "broken", why: "too_large", wasSent: true, cause: error }
            : broken(error, controller, "cut");
        controller.abort();
        sink.error(onBreak(why));
      } finally {
        clock.stop();
      }
    },
    async cancel() {
      controller.abort();
    },
  });
}

function deadline(controller: AbortController, ms: number): { stop(): void } {
  const timer = setTimeout(() => controller.abort(new DOMException("no answer in time", "TimeoutError")), ms);
  return { stop: () => clearTimeout(timer) };
}

function broken(error: unknown, controller: AbortController, otherwise: "network" | "cut"): Broken {
  if (controller.signal.aborted) {
    return { kind: "broken", why: "timeout", wasSent: true, cause: controller.signal.reason };
  }
  const code = systemCodeOf(error);
  const wasSent = code === null || !NEVER_CONNECTED.has(code);
  return { kind: "broken", why: otherwise, wasSent: otherwise === "cut" || wasSent, cause: error };
}
