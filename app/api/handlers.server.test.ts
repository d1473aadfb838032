import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ProblemSchema } from "@/lib/shared/api/common";
import { listHandlers } from "@/scripts/testing/api-routes";
import { type Belongings, furnish } from "@/scripts/testing/belongings";
import { createHouse, type House, type Sent } from "@/scripts/testing/house";

/** One of everything, and a question on a listing. */
interface Owned extends Belongings {
  /** `/api/threads/questions/{id}` */
  question: string;
}

/** How each handler is asked for something that `theirs` owns. */
interface Row {
  path(theirs: Owned): string;
  body?(theirs: Owned): unknown;
  /** `not_found`: what it names belongs to somebody. `own`: it names nothing and answers with what is one's own. */
  foreign: "not_found" | "own";
  /** What the owner is answered, where it is not 200: what they have takes no such thing. */
  status?: number;
}

/** A lead of nobody's. */
const LEAD = "214e7c51-0000-4000-8000-000000000001";

/** Every handler of our own API. A new one without a row here fails the first test. */
const TABLE: Record<string, Row> = {
  "POST /api/accounts/[accountId]/disconnect": {
    path: ({ sellerId }) => `/api/accounts/${sellerId}/disconnect`,
    body: () => ({ forget: false }),
    foreign: "not_found",
  },
  "DELETE /api/files/[id]": { path: ({ fileId }) => `/api/files/${fileId}`, foreign: "not_found" },
  "GET /api/events": { path: () => "/api/events", foreign: "own" },
  "GET /api/inbox": { path: ({ sellerId }) => `/api/inbox?account=${sellerId}`, foreign: "not_found" },
  "GET /api/inbox/counts": {
    path: ({ sellerId }) => `/api/inbox/counts?account=${sellerId}`,
    foreign: "not_found",
  },
  "GET /api/leads": { path: ({ sellerId }) => `/api/leads?account=${sellerId}`, foreign: "not_found" },
  "GET /api/leads/[id]": {
    path: ({ sellerId }) => `/api/leads/${LEAD}?account=${sellerId}`,
    foreign: "not_found",
    // Its own shop has no classified listings, and so no leads.
    status: 404,
  },
  "GET /api/leads/contacts": {
    path: ({ sellerId }) => `/api/leads/contacts?account=${sellerId}&period=7d&zone=UTC`,
    foreign: "not_found",
  },
  "GET /api/leads/contacts/items": {
    path: ({ sellerId }) => `/api/leads/contacts/items?account=${sellerId}&items=MLA1&period=7d&zone=UTC`,
    foreign: "not_found",
    status: 404,
  },
  "POST /api/leads/refresh": {
    path: () => "/api/leads/refresh",
    body: ({ sellerId }) => ({ account: sellerId }),
    foreign: "not_found",
  },
  "GET /api/me": { path: () => "/api/me", foreign: "own" },
  "PATCH /api/me": {
    path: () => "/api/me",
    body: ({ sellerId }) => ({ currentAccount: sellerId }),
    foreign: "not_found",
  },
  "POST /api/outbox/[id]": {
    path: ({ outboxId }) => `/api/outbox/${outboxId}`,
    body: () => ({ act: "cancel" }),
    foreign: "not_found",
  },
  "GET /api/pdf-data/[kind]/[name]": { path: () => "/api/pdf-data/wasm/jbig2.wasm", foreign: "own" },
  "DELETE /api/push": { path: () => "/api/push", foreign: "own" },
  "GET /api/push": { path: () => "/api/push", foreign: "own" },
  "PUT /api/push": {
    path: () => "/api/push",
    body: () => ({
      endpoint: "https://fcm.googleapis.com/fcm/send/one",
      keys: { p256dh: "B".repeat(87), auth: "a".repeat(22) },
    }),
    foreign: "own",
  },
  "POST /api/push/test": { path: () => "/api/push/test", foreign: "own" },
  "GET /api/questions/blocked-buyers": { path: () => "/api/questions/blocked-buyers", foreign: "own" },
  "POST /api/questions/blocked-buyers": {
    path: () => "/api/questions/blocked-buyers",
    body: ({ sellerId }) => ({ accountId: sellerId, buyerId: "700000099" }),
    foreign: "not_found",
  },
  "GET /api/questions/response-time": { path: () => "/api/questions/response-time", foreign: "own" },
  "POST /api/sessions/end": { path: () => "/api/sessions/end", body: () => ({ all: true }), foreign: "own" },
  "GET /api/status": { path: () => "/api/status", foreign: "own" },
  "GET /api/status/needs": { path: () => "/api/status/needs", foreign: "own" },
  "GET /api/summary": { path: () => "/api/summary", foreign: "own" },
  "GET /api/threads/[channel]/[externalId]": { path: ({ thread }) => thread, foreign: "not_found" },
  "POST /api/threads/[channel]/[externalId]/acts": {
    path: ({ thread }) => `${thread}/acts`,
    body: () => ({
      key: crypto.randomUUID(),
      act: { kind: "refund" },
      confirmed: { buyer: null, amount: null },
    }),
    foreign: "not_found",
    status: 422,
  },
  "GET /api/threads/[channel]/[externalId]/attachments/[filename]": {
    path: ({ thread, attachment }) => `${thread}/attachments/${attachment}`,
    foreign: "not_found",
  },
  "PUT /api/threads/[channel]/[externalId]/draft": {
    path: ({ thread }) => `${thread}/draft`,
    body: () => ({ text: "mío", files: [] }),
    foreign: "not_found",
  },
  "POST /api/threads/[channel]/[externalId]/files": {
    path: ({ thread }) => `${thread}/files?name=a.txt`,
    body: () => new TextEncoder().encode("hola"),
    foreign: "not_found",
  },
  "GET /api/threads/[channel]/[externalId]/guide": {
    path: ({ thread }) => `${thread}/guide`,
    foreign: "not_found",
  },
  "POST /api/threads/[channel]/[externalId]/looked": {
    path: ({ thread }) => `${thread}/looked`,
    body: ({ messageId }) => ({ messageId }),
    foreign: "not_found",
  },
  "GET /api/threads/[channel]/[externalId]/older": {
    path: ({ thread, messageId }) => `${thread}/older?before=${messageId}`,
    foreign: "not_found",
  },
  "GET /api/threads/[channel]/[externalId]/options/[act]": {
    path: ({ thread }) => `${thread}/options/partialRefund`,
    foreign: "not_found",
  },
  "POST /api/threads/questions/[externalId]/question-acts": {
    path: ({ question }) => `${question}/question-acts`,
    body: () => ({ act: "hide" }),
    foreign: "not_found",
  },
  "GET /api/threads/questions/[externalId]/why": {
    path: ({ question }) => `${question}/why`,
    foreign: "not_found",
  },
  "POST /api/threads/[channel]/[externalId]/read": {
    path: ({ thread }) => `${thread}/read`,
    foreign: "not_found",
  },
  "POST /api/threads/[channel]/[externalId]/refresh": {
    path: ({ thread }) => `${thread}/refresh`,
    foreign: "not_found",
  },
  "POST /api/threads/[channel]/[externalId]/replies": {
    path: ({ thread }) => `${thread}/replies`,
    body: () => ({ key: crypto.randomUUID(), text: "Hola", files: [] }),
    foreign: "not_found",
  },
};

/** Handlers that are not behind our route factory, each for a reason. */
const APART = [
  // next-auth's own, with its own token against forgery
  "GET /api/auth/[...nextauth]",
  "POST /api/auth/[...nextauth]",
  // Mercado Libre calls it: no session, no page of ours
  "POST /api/notifications",
  // what monitors ask
  "GET /api/health",
  // with a token of its own
  "GET /api/metrics",
  "GET /api/ready",
];

let house: House;
let theirs: Owned;
let mine: Owned;

beforeAll(async () => {
  house = await createHouse();
  [theirs, mine] = [await owned("AJENA"), await owned("PROPIA")];
});
afterAll(() => house.close());

async function owned(mark: string): Promise<Owned> {
  const belongings = await furnish(house, mark);
  const { sellerId, as } = belongings;
  const asked = await house.control("/questions/ask", { sellerId, text: `¿Hay ${mark}?`, notify: false });
  const { id } = z.object({ id: z.string() }).parse(asked);
  const question = `/api/threads/questions/${id}`;
  await house.call(question, { as });
  return { ...belongings, question };
}

const problemOf = async (response: Response) => {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const problem = ProblemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return { status: response.status, code: problem.code };
};

it("knows every handler that exists, and no other", async () => {
  expect((await listHandlers()).toSorted(byAddress)).toEqual(
    [...Object.keys(TABLE), ...APART].toSorted(byAddress),
  );
});

/** The whole of an answer, or the beginning of one that does not end by itself. */
async function textOf(answer: Response): Promise<string> {
  if (!answer.headers.get("content-type")?.startsWith("text/event-stream")) return answer.text();
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}

function byAddress(a: string, b: string): number {
  const key = (name: string) => name.split(" ").toReversed().join(" ");
  return key(a) < key(b) ? -1 : 1;
}

describe.each(Object.entries(TABLE))("%s", (name, row) => {
  const [method = ""] = name.split(" ");
  const sent = (owner: Owned, more: Sent = {}): Sent => ({
    method,
    ...(row.body === undefined ? {} : { body: row.body(owner) }),
    ...more,
  });
  const ask = (owner: Owned, more: Sent = {}) => house.call(row.path(owner), sent(owner, more));

  it("answers 401 to who is signed out", async () => {
    expect(await problemOf(await ask(theirs))).toEqual({ status: 401, code: "signed_out" });
  });

  const itWhenItChanges = method === "GET" ? () => undefined : it;
  itWhenItChanges("answers 403 to a request from another site", async () => {
    const { appUrl } = house.rt.env;
    const elsewhere: Record<string, string>[] = [
      {},
      { origin: "https://evil.test" },
      { origin: "null" },
      { origin: `${appUrl}.evil.test` },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
      { origin: "https://evil.test", "sec-fetch-site": "same-origin" },
      { origin: appUrl, "sec-fetch-site": "cross-site" },
    ];
    for (const headers of elsewhere) {
      const request = house.request(row.path(theirs), sent(theirs, { as: theirs.as }));
      for (const header of ["origin", "sec-fetch-site"]) request.headers.delete(header);
      for (const [header, value] of Object.entries(headers)) request.headers.set(header, value);
      expect([headers, await problemOf(await house.answer(request))]).toEqual([
        headers,
        { status: 403, code: "bad_origin" },
      ]);
    }
  });

  const itWhenNamed = row.foreign === "not_found" ? it : () => undefined;
  itWhenNamed("answers 404 to who owns nothing of it, whatever account they name", async () => {
    const path = row.path(theirs);
    const join = path.includes("?") ? "&" : "?";
    const named = path.includes("account=")
      ? [path]
      : [path, `${path}${join}account=${theirs.sellerId}`, `${path}${join}account=${mine.sellerId}`];
    for (const address of named) {
      const answer = await house.call(address, sent(theirs, { as: mine.as }));
      expect([address, await problemOf(answer)]).toEqual([address, { status: 404, code: "not_found" }]);
    }
  });

  it("serves the owner, and tells them nothing of others", async () => {
    const owner = await owned("TERCERA");
    const answer = await ask(owner, { as: owner.as });
    expect(answer.status).toBe(row.status ?? 200);
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    const text = await textOf(answer);
    expect(text).not.toMatch(/AJENA|PROPIA/);
    for (const id of [theirs.sellerId, theirs.packId, theirs.as.userId]) expect(text).not.toContain(id);
  });
});

it("left everything that was tried on as it was", async () => {
  const view = await (await house.call(theirs.thread, { as: theirs.as })).json();
  expect(view).toMatchObject({
    draft: { text: "Borrador AJENA", files: [{ id: theirs.fileId }] },
    outbox: [{ id: theirs.outboxId, state: "queued" }],
  });
  expect(view.messages).toHaveLength(2);
  for (const table of ["looks", "drafts", "files", "outbox"]) {
    const { rowCount } = await house.rt.database.pool.query(
      `select 1 from ${table} where user_id <> $1 and thread_id = (select id from threads where external_id = $2)`,
      [theirs.as.userId, theirs.packId],
    );
    expect([table, rowCount]).toEqual([table, 0]);
  }
});
