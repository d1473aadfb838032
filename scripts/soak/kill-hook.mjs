// Preloaded (--import) into a process of the product that must die at one exact step: it watches what the process asks of
// PostgreSQL and of Mercado Libre, knows by that where the process stands, and kills it there with -9. The product
// carries nothing of it.
//   SOAK_PLAN   a file of JSON: { point, keys, noticeId? }. `keys` are ids: a step counts when it speaks of one of them
//   SOAK_MARK   a file that says that the kill was done: whoever can make it may kill, once
//   SOAK_TRACE  a file that gets every step that was seen, one a line (optional)
//   SOAK_PATIENCE  how much of its time-outs of 10 s (a read) and 20 s (a write) the process keeps (optional: a tenth is 0.1)
import { appendFileSync, closeSync, openSync, readFileSync } from "node:fs";
import pg from "pg";

const { SOAK_PLAN, SOAK_MARK, SOAK_TRACE, SOAK_PATIENCE } = process.env;
const plan = SOAK_PLAN === undefined ? null : JSON.parse(readFileSync(SOAK_PLAN, "utf8"));
const keys = new Set(plan?.keys ?? []);
/** What this process has done so far with the reply or the message that the plan is about. */
const done = new Set();
/** A request that left is let go for so long before the process dies: it has arrived, its answer has not. */
const FLYING_MS = 3;

/** The process is at a point: the end, if it is the plan's. */
function reach(point) {
  if (SOAK_TRACE !== undefined) appendFileSync(SOAK_TRACE, `${process.pid} ${point}\n`);
  if (point !== plan?.point || SOAK_MARK === undefined) return;
  try {
    closeSync(openSync(SOAK_MARK, "wx"));
  } catch {
    return;
  }
  process.kill(process.pid, "SIGKILL");
}

function speaksOf(value, depth = 0) {
  if (value === null || value === undefined || depth > 4) return false;
  if (typeof value !== "object") return keys.has(String(value));
  if (Array.isArray(value)) return value.some((one) => speaksOf(one, depth + 1));
  return false;
}

/** An array that went over the wire as one text: `{a,b}`, or JSON. */
function mentions(values) {
  return (values ?? []).some(
    (value) =>
      speaksOf(value) ||
      (typeof value === "string" && /^[{[]/.test(value) && [...keys].some((key) => value.includes(key))),
  );
}

const finishes = (values) =>
  (values ?? []).some((value) => Array.isArray(value) && value.map(String).includes(String(plan?.noticeId)));

// -- PostgreSQL ------------------------------------------------------------------------------------------------------

const setClauseOf = (text) => /\bset\b([\s\S]*?)(?:\bfrom\b|\bwhere\b|$)/i.exec(text)?.[1] ?? "";

/** The step that one statement is part of; null: none of those that the matrix names. */
function stepOf({ text, values }) {
  if (/^\s*(update|with[\s\S]*update)\s+"?outbox"?/i.test(text)) {
    if (!mentions(values)) return null;
    const set = setClauseOf(text);
    if (values.includes("sending") && /"?state"? = /.test(set)) return "sending";
    if (/"?not_before"? = /.test(set) && /"?state"? = /.test(set)) {
      if (done.has("post") && !done.has("outcome")) return "outcome";
      return /"?settled_at"? = /.test(set) ? "final" : "look";
    }
    if (/"?lease_owner"? = /.test(set)) return "claim";
    if (/"?lease_until"? = /.test(set)) return "lease";
    return null;
  }
  if (/^\s*insert into "?messages"?/i.test(text) || /"?pulled_at"? = /.test(setClauseOf(text))) {
    return mentions(values) ? "snapshot" : null;
  }
  if (/update\s+"?notices"?/i.test(text)) {
    const set = setClauseOf(text);
    if (/claimed_by"? = \$/.test(set) && !/"?state"? = /.test(set)) return "notice-claim";
    // It ends by its number, or with the transaction that stores the message it is about.
    const isIts = finishes(values) || (values ?? []).some((value) => Array.isArray(value) && mentions(value));
    return /"?state"? = /.test(set) && isIts ? "notice-done" : null;
  }
  if (/insert into "?notices"?/i.test(text)) return "notice-insert";
  if (/update\s+"?threads"?/i.test(text)) {
    const set = setClauseOf(text);
    if (/pull_wanted_at"? = clock_timestamp/.test(set)) return mentions(values) ? "wish" : null;
    if (/pull_owner"? = \$/.test(set)) return values?.[0] === null ? releaseOf(values) : "wish-claim";
  }
  return null;
}

const releaseOf = (values) => (mentions(values) ? "wish-release" : null);

/** Steps of the transaction that a connection is in; undefined: in none. */
const inTransaction = new WeakMap();

/** What a statement completes: itself, or with a commit all of its transaction. */
function stepsOf(client, statement) {
  const word = /^\s*(begin|commit|rollback|start transaction)/i.exec(statement.text)?.[1]?.toLowerCase();
  if (word === "begin" || word === "start transaction") {
    inTransaction.set(client, new Set());
    return { now: [], atCommit: null };
  }
  const open = inTransaction.get(client);
  if (word !== undefined) {
    inTransaction.delete(client);
    return { now: word === "commit" && open !== undefined ? [...open] : [], atCommit: null };
  }
  const step = stepOf(statement);
  return open === undefined
    ? { now: step === null ? [] : [step], atCommit: null }
    : { now: [], atCommit: step };
}

function statementOf(query, values) {
  if (typeof query === "string") return { text: query, values: Array.isArray(values) ? values : [] };
  return { text: query?.text ?? "", values: query?.values ?? (Array.isArray(values) ? values : []) };
}

const { query: ask } = pg.Client.prototype;
pg.Client.prototype.query = function query(...args) {
  const { now, atCommit } = stepsOf(this, statementOf(args[0], args[1]));
  if (now.length === 0 && atCommit === null) return ask.apply(this, args);
  for (const step of now) reach(`${step}.before`);
  const open = inTransaction.get(this);
  const finish = (result) => {
    // A write that a fence refused changes no row: the process is not past that step.
    if (atCommit !== null && result?.rowCount !== 0) open?.add(atCommit);
    for (const step of now) {
      done.add(step);
      reach(`${step}.after`);
    }
  };
  const last = args.at(-1);
  if (typeof last === "function") {
    args[args.length - 1] = (error, result) => {
      if (!error) finish(result);
      last(error, result);
    };
    return ask.apply(this, args);
  }
  const answer = ask.apply(this, args);
  return typeof answer?.then === "function"
    ? answer.then((result) => {
        finish(result);
        return result;
      })
    : answer;
};

// -- Mercado Libre ---------------------------------------------------------------------------------------------------

function callOf(input, init) {
  const url = new URL(input instanceof Request ? input.url : String(input));
  const method = (init?.method ?? (input instanceof Request ? input.method : "GET")).toUpperCase();
  const isOurs = url.pathname.split("/").some((part) => keys.has(part));
  if (/\/messages\/attachments$/.test(url.pathname) && method === "POST") {
    return isOursFile(init?.body) ? "upload" : null;
  }
  if (!isOurs) return null;
  if (/\/messages\/packs\//.test(url.pathname)) {
    if (method === "POST") return "post";
    return done.has("post") ? "readback" : "read";
  }
  return /\/messages\/[^/]+$/.test(url.pathname) && method === "GET" ? "lookup" : null;
}

function isOursFile(body) {
  if (!(body instanceof FormData)) return false;
  return [...body.values()].some(
    (value) => value instanceof File && [...keys].some((key) => value.name.includes(key)),
  );
}

const go = globalThis.fetch;
globalThis.fetch = async function fetch(input, init) {
  const step = callOf(input, init);
  if (step === null) return go(input, init);
  reach(`${step}.before`);
  const flying = setTimeout(() => reach(`${step}.flying`), FLYING_MS);
  try {
    return await go(input, init);
  } finally {
    clearTimeout(flying);
    // It was back sooner: the product has not seen the answer yet.
    reach(`${step}.flying`);
    done.add(step);
    reach(`${step}.after`);
  }
};

// -- Time ------------------------------------------------------------------------------------------------------------

if (SOAK_PATIENCE !== undefined) {
  const later = globalThis.setTimeout;
  const timeouts = new Set([10_000, 20_000]);
  globalThis.setTimeout = Object.defineProperties(
    (work, ms, ...rest) => later(work, timeouts.has(ms) ? ms * Number(SOAK_PATIENCE) : ms, ...rest),
    Object.getOwnPropertyDescriptors(later),
  );
}
