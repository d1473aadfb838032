import "server-only";
import { checkConversationRead } from "./conversation-guard";
import {
  brokenError,
  brokenRefusal,
  isRefusal,
  type Refusal,
  takeAny,
  takeJson,
  takeStream,
} from "./exchange-answer";
import { executionDetailsOf } from "./execution-details";
import {
  classify,
  type Envelope,
  failureForLog,
  isRateLimit,
  MeliError,
  type MeliFailure,
  readEnvelope,
  saidOf,
} from "./failure";
import type { Download, MeliOptions, ReadOptions, Wire } from "./http";
import { addressOf, type Route } from "./paths";
import { redact, redactedCause } from "./redact";
import { MAX_TRIES, PATIENCE_MS, retryAfterMs, waitMs } from "./retry";
import { type Broken, type Opened, send } from "./transport";

/** Connection and headers of a read; a write gets twice that. */
const READ_TIMEOUT_MS = 10_000;
const WRITE_TIMEOUT_MS = 20_000;
const SHORTEST_TIMEOUT_MS = 1_000;

interface Trial<T> {
  route: Route;
  body?: () => string | FormData;
  options: ReadOptions;
  /** Makes the result of a 2xx. */
  take(opened: Opened, note: (broken: Broken) => MeliError): Promise<T | Refusal>;
}

/** The way out of this process: budget before every try, tokens, retries of reads, one record per try, one kind of error. */
export function createWire(options: MeliOptions): Wire {
  const fetcher = options.fetch ?? fetch;
  const sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const random = options.random ?? Math.random;
  const patienceMs = PATIENCE_MS[options.lane];

  async function run<T>(trial: Trial<T>): Promise<T> {
    const { route } = trial;
    const kind = route.method === "GET" ? "read" : "write";
    const maxTries = kind === "write" ? 1 : (trial.options.tries ?? MAX_TRIES);
    let token = await options.tokens.access();
    let isRenewed = false;
    let spentMs = 0;
    for (let tries = 1; ; ) {
      const waitedFrom = performance.now();
      await options.budget.take({ family: route.family, kind, lane: options.lane });
      const startedAt = performance.now();
      // A person waits for the answer, not for one try of it: where the pool is slowed down each has to wait for its turn.
      if (tries > 1 && options.lane === "open") spentMs += startedAt - waitedFrom;
      const result = await attempt(trial, token, patienceMs - spentMs);
      if (!isRefusal(result)) return result;
      spentMs += performance.now() - startedAt;
      const { error } = result;
      if (result.isRateLimit) await pushBack(route, kind, error.failure.retryAfterMs);
      if (result.isUnauthorized && !isRenewed) {
        isRenewed = true;
        token = await options.tokens.renew(token);
        continue;
      }
      const pauseMs = waitMs({
        tries,
        retryAfterMs: error.failure.retryAfterMs,
        isRateLimit: result.isRateLimit,
        random,
      });
      if (!result.isWorthAnotherTry || tries >= maxTries || spentMs + pauseMs > patienceMs) throw error;
      await sleep(pauseMs);
      spentMs += pauseMs;
      tries += 1;
    }
  }

  async function pushBack(route: Route, kind: "read" | "write", afterMs: number | null): Promise<void> {
    try {
      await options.budget.pushBack({ family: route.family, kind, retryAfterMs: afterMs });
    } catch (error) {
      // The caller is owed the 429 itself, not the trouble of noting it down.
      options.logger.warn(
        { family: route.family, err: redactedCause(error) },
        "push-back could not be noted",
      );
    }
  }

  async function attempt<T>(trial: Trial<T>, token: string, leftMs: number): Promise<T | Refusal> {
    const { route } = trial;
    const url = addressOf(options.apiUrl, route);
    const readFlag = checkConversationRead(route.method, url, trial.options.permit);
    const isRead = route.method === "GET";
    const body = trial.body?.();
    const at = new Date();
    const startedAt = performance.now();
    const outcome = await send(fetcher, {
      url,
      method: route.method,
      headers: headersOf(route, token, body),
      timeoutMs: isRead ? Math.max(SHORTEST_TIMEOUT_MS, Math.min(READ_TIMEOUT_MS, leftMs)) : WRITE_TIMEOUT_MS,
      ...(body === undefined ? {} : { body }),
    });
    const path = redact(url.pathname + url.search, [token]);
    const response = outcome.kind === "opened" ? outcome.response : null;
    const call = { method: route.method, path, requestId: response?.headers.get("x-request-id") ?? null };
    const seen = { ...call, status: response?.status ?? null };
    const settle = (result: T | Refusal): T | Refusal => {
      const ms = Math.round(performance.now() - startedAt);
      options.calls.record({ at, family: route.family, ...seen, readFlag, ms });
      const remarks = executionDetailsOf(response?.headers.get("metadata") ?? null);
      if (remarks.length > 0)
        options.logger.info(
          { path, meliRequestId: call.requestId, remarks },
          "Mercado Libre remarked on a call",
        );
      report(result, { ...seen, ms });
      return result;
    };
    const note = (broken: Broken) => brokenError(broken, seen, isRead, token);

    if (outcome.kind === "broken") return settle(brokenRefusal(outcome, note));
    if (outcome.response.ok) return settle(await trial.take(outcome, note));
    const text = await outcome.text();
    return settle(refusalOf(trial, outcome.response, typeof text === "string" ? text : "", call, token));
  }

  function report(
    result: unknown,
    {
      requestId,
      ...seen
    }: { path: string; method: string; status: number | null; requestId: string | null; ms: number },
  ) {
    // Theirs, to name in a question to them; `requestId` in a log is ours.
    const call = { ...seen, meliRequestId: requestId };
    if (!isRefusal(result)) return options.logger.debug(call, "Mercado Libre answered");
    const { code, failure } = result.error;
    const fields = { ...call, code, failure: failureForLog(failure) };
    if (code === "not_found" || code === "refused_by_meli")
      options.logger.info(fields, "Mercado Libre refused");
    else options.logger.warn(fields, "Mercado Libre could not be used");
  }

  function refusalOf<T>(
    trial: Trial<T>,
    response: Response,
    text: string,
    call: { method: string; path: string; requestId: string | null },
    token: string,
  ): Refusal {
    const { status } = response;
    const envelope: Envelope = readEnvelope(text, [token]);
    const { code, reason } = classify(status, envelope, options.profile, trial.route.family);
    const isRead = trial.route.method === "GET";
    const pause = retryAfterMs(response.headers.get("retry-after"), Date.now());
    const failure: MeliFailure = {
      status,
      code: envelope.code,
      message: envelope.message,
      causes: envelope.causes,
      blockedBy: envelope.blockedBy,
      requestId: call.requestId,
      retryAfterMs: pause,
      mayHaveApplied: !isRead && (status >= 500 || status < 400),
    };
    const error = new MeliError(
      code,
      `${call.method} ${call.path} answered ${status}${saidOf(envelope)}`,
      failure,
      {
        ...(reason === null ? {} : { reason }),
        ...(code === "slow_down" ? { retryAt: new Date(Date.now() + (pause ?? 1_000)) } : {}),
      },
    );
    const passes = trial.options.isPassing?.(envelope.message, status) ?? false;
    return {
      error,
      isWorthAnotherTry: isRead && (code === "slow_down" || code === "meli_down" || passes),
      isRateLimit: isRateLimit(status, envelope),
      isUnauthorized: code === "account_disconnected",
    };
  }

  return {
    read: (route, schema, readOptions = {}) =>
      run({
        route,
        options: readOptions,
        take: (opened, note) => takeJson(opened, note, route, schema),
      }),
    write: (route, body, schema) =>
      run({ route, body, options: {}, take: (opened, note) => takeJson(opened, note, route, schema) }),
    act: (route, body) =>
      run<unknown>({ route, ...(body === null ? {} : { body }), options: {}, take: takeAny }),
    download: (route, readOptions = {}) =>
      run<Download>({ route, options: readOptions, take: async (opened, note) => takeStream(opened, note) }),
    odd: (route, fields) =>
      options.logger.warn({ path: route.path, ...fields }, "part of an answer made no sense"),
  };
}

function headersOf(route: Route, token: string, body: string | FormData | undefined): Headers {
  const headers = new Headers({ accept: "application/json", ...route.headers });
  headers.set("authorization", `Bearer ${token}`);
  // A form's own boundary is set by fetch.
  if (typeof body === "string") headers.set("content-type", "application/json");
  return headers;
}
