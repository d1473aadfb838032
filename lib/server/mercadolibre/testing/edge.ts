import { MeliError } from "@/lib/server/mercadolibre/failure";
import { type CallRecord, createMeli, type Lane, type Meli } from "@/lib/server/mercadolibre/http";

/** What the network edge does with one request. */
export interface Reply {
  status?: number;
  /** A string goes out as it is, anything else as JSON. Left out: an empty body. */
  body?: unknown;
  headers?: Record<string, string>;
  /** The request fails with this instead. */
  fails?: Error;
  /** No answer until the caller gives up. */
  hangs?: boolean;
  /** The body breaks off after what is in `body`. */
  cuts?: boolean;
}

export interface Sent {
  method: string;
  url: URL;
  headers: Headers;
  text: string;
  form: FormData | null;
}

export const TOKEN = "APP_USR-1000000000000001-071514-0123456789abcdef0123456789abcdef-700000001";
export const OTHER_TOKEN = "APP_USR-1000000000000001-071515-fedcba9876543210fedcba9876543210-700000001";

/** A network edge that answers from a list (the last entry repeats) and notes all that passes. */
export function edge(script: readonly Reply[] | ((sent: Sent, n: number) => Reply)) {
  const sent: Sent[] = [];
  const fetcher: typeof fetch = async (input, init) => {
    const request = { method: init?.method ?? "GET", headers: new Headers(init?.headers) };
    const body = init?.body;
    const url = new URL(input instanceof Request ? input.url : input);
    const one: Sent = {
      ...request,
      url,
      text: typeof body === "string" ? body : "",
      form: body instanceof FormData ? body : null,
    };
    sent.push(one);
    const reply =
      typeof script === "function" ? script(one, sent.length) : (script[sent.length - 1] ?? script.at(-1));
    if (reply === undefined) throw new Error("the edge has no answer");
    if (reply.hangs === true) await gone(init?.signal ?? undefined);
    if (reply.fails !== undefined) throw reply.fails;
    return responseOf(reply);
  };
  return { fetcher, sent };
}

function gone(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

function responseOf(reply: Reply): Response {
  const text =
    reply.body === undefined
      ? null
      : typeof reply.body === "string"
        ? reply.body
        : JSON.stringify(reply.body);
  const status = reply.status ?? 200;
  const headers = new Headers({ "x-request-id": "req-1", ...reply.headers });
  if (reply.cuts !== true) return new Response(status === 204 ? null : text, { status, headers });
  const body = new ReadableStream<Uint8Array>({
    start(sink) {
      sink.enqueue(new TextEncoder().encode(text ?? ""));
    },
    pull(sink) {
      sink.error(new TypeError("terminated"));
    },
  });
  return new Response(body, { status, headers });
}

/** A client on such an edge, whose budget, tokens, log and clock only take notes. */
export function client(
  script: readonly Reply[] | ((sent: Sent, n: number) => Reply),
  o: {
    profile?: "LOCAL" | "GLOBAL";
    lane?: Lane;
    random?: () => number;
    apiUrl?: string;
    pushBackFails?: boolean;
    /** Waits for its turn in the budget. */
    onTake?: () => void;
  } = {},
) {
  const { fetcher, sent } = edge(script);
  const calls: CallRecord[] = [];
  const taken: object[] = [];
  const pushed: { retryAfterMs: number | null }[] = [];
  const refused: string[] = [];
  const pauses: number[] = [];
  const lines: string[] = [];
  const note = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  const meli: Meli = createMeli({
    // Each client gets a host of its own: the memory of older forms is per host.
    apiUrl: o.apiUrl ?? `https://api-${counter++}.test`,
    profile: o.profile ?? "LOCAL",
    accountId: "700000001",
    lane: o.lane ?? "reconcile",
    budget: {
      take: async (call) => {
        taken.push(call);
        o.onTake?.();
      },
      pushBack: async (call) => {
        pushed.push(call);
        if (o.pushBackFails === true) throw new Error("the store is away");
      },
    },
    tokens: {
      access: async () => TOKEN,
      renew: async (token) => {
        refused.push(token);
        return OTHER_TOKEN;
      },
    },
    calls: { record: (call) => void calls.push(call) },
    logger: { warn: note("warn"), info: note("info"), debug: note("debug") },
    fetch: fetcher,
    sleep: async (ms) => void pauses.push(ms),
    random: o.random ?? (() => 0.5),
  });
  return { meli, sent, calls, taken, pushed, refused, pauses, lines };
}

let counter = 1;

/** The error that a promise ends with; fails when it ends well. */
export async function errorOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** The refusal that a call ends with; any other end throws. */
export async function failureOf(work: Promise<unknown>): Promise<MeliError> {
  const error = await errorOf(work);
  if (error instanceof MeliError) return error;
  throw error;
}
