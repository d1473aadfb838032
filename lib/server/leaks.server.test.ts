import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { withAccount } from "@/lib/server/account-context";
import { listUnread } from "@/lib/server/mercadolibre/messages";
import { findUnanswered } from "@/lib/server/sync/reconcile/find-questions";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { addTextFile } from "@/scripts/testing/belongings";
import { createHouse, type House, type Sent, type SignedIn } from "@/scripts/testing/house";
import { readWaiting } from "@/scripts/testing/lead-house";
import { workOff } from "@/scripts/testing/outbox";
import { expireTokens } from "@/scripts/testing/tokens";
import { createVisitor } from "@/scripts/testing/visitor";
import { startWorker } from "@/scripts/testing/worker";

/** Everything that left us through a whole day of a seller: answers, headers, errors and log lines. */
const answers: string[] = [];
const logged: string[] = [];
/** Words and names of people: they belong into answers, never into a log. */
const PRIVATE = [
  "¿Me hace factura?",
  "Con CUIT 20-1",
  "Ana Duarte",
  "garantia.txt",
  "TIENDA SUR",
  "¿Y la garantía?",
  "No antes del lunes",
  "ana.duarte@example.com",
  "tiendasur@testuser.com",
  "¿Sigue en venta la moto?",
  "Sí, verla es gratis",
  "carla.moto@example.test",
  "Carla Motoquera",
  "Rosa Casablanca",
  "rosa.casa@example.test",
  "17.654.321-K",
];
/** As Mercado Libre tells of a message. */
const NOTICE = {
  resource: "3f6da1e35ac84f70a24af7360d24c7bc",
  topic: "messages",
  actions: ["created"],
  application_id: 1000000000000001,
  attempts: 1,
  sent: "2026-10-08T13:44:33.006Z",
  received: "2026-10-08T13:44:32.984Z",
};
const TOKEN = /APP_USR-|TG-[0-9a-f]{6}/;

let house: House;
let sellerId: string;
let packId: string;
let thread: string;
let as: SignedIn;
const secrets: string[] = [];

async function call(path: string, options: Sent = {}): Promise<Response> {
  const answer = await house.call(path, { as, ...options });
  answers.push(
    [path, answer.status, JSON.stringify([...answer.headers]), await answer.clone().text()].join("\n"),
  );
  return answer;
}

/** Tokens as they are now: what must not turn up anywhere, in whatever shape. */
async function noteTokens(): Promise<void> {
  const token = await house.rt.vault.access(as.accountId);
  secrets.push(token, token.split("-").at(-2) ?? token);
}

beforeAll(async () => {
  const { write } = process.stdout;
  vi.spyOn(process.stdout, "write").mockImplementation((chunk: unknown, ...rest: unknown[]) => {
    const text = String(chunk);
    if (text.startsWith('{"level"')) logged.push(text);
    else Reflect.apply(write, process.stdout, [chunk, ...rest]);
    return true;
  });
  house = await createHouse({ LOG_LEVEL: "trace" });
  sellerId = await house.newSeller({ nickname: "TIENDA SUR" });
  packId = await house.newThread(sellerId, {
    buyerName: PRIVATE[2],
    messages: [
      {
        from: "buyer",
        text: PRIVATE[0],
        minutesAgo: 9,
        attachments: [{ name: "foto.png", type: "image/png" }],
      },
    ],
  });
  thread = `/api/threads/messages/${packId}`;
});
afterAll(async () => {
  await house.close();
  vi.restoreAllMocks();
});

it("serves a seller's whole day", async () => {
  const visitor = createVisitor(house);
  const callback = await visitor.decide(await visitor.leave(), "allow", sellerId);
  const signedIn = await visitor.get(callback.pathname + callback.search);
  answers.push(JSON.stringify([...signedIn.headers]), await signedIn.text());
  as = { ...(await house.signIn(sellerId)), cookie: visitor.cookie() };
  await call("/api/auth/csrf");
  await noteTokens();

  await syncAccount(house.rt, as.accountId, new AbortController().signal);
  const view = ThreadViewSchema.parse(await (await call(thread)).json());
  await call(view.messages[0]?.attachments[0]?.href ?? "");
  const file = await addTextFile(house, as, thread);
  await call(`${thread}/draft`, { method: "PUT", body: { text: PRIVATE[1], files: [file] } });
  const reply = { key: crypto.randomUUID(), text: PRIVATE[1], files: [file] };
  await call(`${thread}/replies`, { method: "POST", body: reply });
  await workOff(house, packId);
  for (const path of ["/api/inbox", "/api/summary", "/api/status", "/api/me", thread]) await call(path);
});

it("serves a day on which it is told of things, by Mercado Libre and by a stranger", async () => {
  const stop = await startWorker(house);
  try {
    const tell = (notice: object | string, headers: Record<string, string> = {}) =>
      house.answer(
        new Request("http://inbox.test/api/notifications", {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body:
            typeof notice === "string" ? notice : JSON.stringify({ ...NOTICE, user_id: sellerId, ...notice }),
        }),
      );
    await house.control("/buyer/message", { packId, text: PRIVATE[5] });
    const { messages } = await house.held(packId);
    const told = messages.at(-1)?.id ?? "";
    expect((await tell({ resource: `/messages/${told}`, actions: ["created"] })).status).toBe(200);
    // A stranger's: words where an id belongs, another application's, no JSON, a topic nobody knows.
    for (const strange of [
      { resource: `/messages/${PRIVATE[7]}` },
      { topic: PRIVATE[5] },
      { topic: "unheard_of", resource: PRIVATE[5] },
      { application_id: 7, resource: PRIVATE[5] },
      `{"resource":"${PRIVATE[7]}`,
    ]) {
      expect((await tell(strange)).status).toBeLessThan(500);
    }
    await expect
      .poll(
        async () => {
          const { rows } = await house.rt.database.pool.query(
            "select 1 from notices where state = 'pending'",
          );
          return rows.length;
        },
        { timeout: 30_000 },
      )
      .toBe(0);

    // A reply that cannot be sent, and one whose fate is unknown.
    for (const order of [
      {
        status: 400,
        body: { message: `no: ${PRIVATE[6]}`, error: PRIVATE[6], status: 400, cause: [PRIVATE[6]] },
      },
      { status: 500, body: `<html>${PRIVATE[6]}</html>`, contentType: "text/html" },
    ]) {
      await house.control("/faults", { path: "/messages/packs/", method: "POST", times: 1, ...order });
      const reply = { key: crypto.randomUUID(), text: PRIVATE[6], files: [] };
      expect((await call(`${thread}/replies`, { method: "POST", body: reply })).status).toBe(200);
      // Each is over before the next is written: the same words twice within seconds would be one reply.
      await house.rt.database.pool.query("update outbox set not_before = now()");
      await workOff(house, packId);
    }
    const { rows } = await house.rt.database.pool.query<{ state: string }>("select state from outbox");
    expect(rows.map(({ state }) => state)).toContain("failed");
  } finally {
    await stop();
  }
});

it("serves a day with questions: asked, answered, refused and put away", async () => {
  const asked = await house.control("/questions/ask", {
    sellerId,
    text: PRIVATE[9],
    listing: { title: "Moto", buyingMode: "classified" },
    buyerName: PRIVATE[12],
    contact: { email: PRIVATE[11], phone: { areaCode: "11", number: "55507777" } },
    notify: false,
  });
  const { id } = z.object({ id: z.string() }).parse(asked);
  const question = `/api/threads/questions/${id}`;
  await call(question);
  const answers400 = { message: `no: ${PRIVATE[10]}`, error: PRIVATE[10], status: 400, cause: [PRIVATE[10]] };
  for (const order of [
    { status: 400, body: answers400 },
    { status: 500, body: `<html>${PRIVATE[10]}</html>`, contentType: "text/html" },
  ]) {
    await house.control("/faults", { path: "/answers", method: "POST", times: 1, ...order });
    const body = { key: crypto.randomUUID(), text: PRIVATE[10], files: [] };
    expect((await call(`${question}/replies`, { method: "POST", body })).status).toBe(200);
    await house.rt.database.pool.query("update outbox set not_before = now()");
    await workOff(house, id);
  }
  const act = (kind: string) => call(`${question}/question-acts`, { method: "POST", body: { act: kind } });
  for (const kind of ["block", "unblock", "hide", "delete"]) await act(kind);
  for (const path of [`${question}/why`, "/api/questions/blocked-buyers", "/api/questions/response-time"]) {
    await call(path);
  }
  await withAccount(house.rt, as.accountId, "reconcile", (ctx) => findUnanswered(house.rt, ctx));
});

it("serves a day with leads: found, opened, notified and not to be kept", async () => {
  const itemId = z
    .object({ id: z.string() })
    .parse(
      await house.control("/items", { sellerId, listing: { title: "Casa", buyingMode: "classified" } }),
    ).id;
  const buyer = { name: PRIVATE[13], email: PRIVATE[14], identificationNumber: PRIVATE[15] };
  const { id } = z
    .object({ id: z.string() })
    .parse(await house.control("/leads", { itemId, type: "call", buyer }));
  // The worker has looked before there was one.
  await house.rt.database.pool.query("delete from lead_syncs");
  await call("/api/leads/refresh", { method: "POST", body: { account: sellerId } });
  // A database that fails, with a person in the statement; then one that keeps.
  await house.rt.database.pool.query("alter table leads rename to leads_gone");
  await readWaiting(house, as.accountId);
  await house.rt.database.pool.query("alter table leads_gone rename to leads");
  await house.rt.database.pool.query("update lead_syncs set retry_at = null");
  await readWaiting(house, as.accountId);
  for (const path of ["/api/leads", "/api/leads/contacts?period=7d&zone=UTC"]) await call(path);
  const lead = `/api/leads/${id}?account=${sellerId}`;
  expect((await call(lead)).status).toBe(200);
  const body = { message: `no: ${PRIVATE[13]}`, error: PRIVATE[13], status: 400, cause: [PRIVATE[14]] };
  await house.control("/faults", { path: "/vis/leads/", times: 1, status: 400, body });
  await call(lead);
  await house.control("/faults/clear", {});
});

it("serves a bad day: tokens that end, and a Mercado Libre that repeats what it was told", async () => {
  const token = secrets[0] ?? "";
  const echo = {
    message: `bad token ${token}`,
    error: "x",
    status: 400,
    cause: [{ code: token, message: `Bearer ${token}` }],
  };
  const fault = (order: object) => house.control("/faults", { path: "/messages/", times: 9, ...order });
  const refresh = () => call(`${thread}/refresh`, { method: "POST" });

  for (const [order, status] of [
    [{ status: 400, body: echo }, 422],
    [{ status: 403, body: echo }, 200],
    [{ status: 200, body: `not json ${token}`, contentType: "application/json" }, 502],
    [{ status: 200, body: { messages: token } }, 502],
    [{ status: 418, body: `<html>${token}</html>`, contentType: "text/html" }, 422],
  ] as const) {
    await fault(order);
    expect([order, (await refresh()).status]).toEqual([order, status]);
    await house.control("/faults/clear", {});
  }

  // A database that fails, with a person's words in the statement.
  await house.rt.database.pool.query("alter table drafts rename to drafts_gone");
  expect(
    (await call(`${thread}/draft`, { method: "PUT", body: { text: PRIVATE[1], files: [] } })).status,
  ).toBe(500);
  await house.rt.database.pool.query("alter table drafts_gone rename to drafts");

  await house.control("/tokens/expire", { sellerId });
  expect((await refresh()).status).toBe(200);
  await noteTokens();

  // A refresh whose answer is cut, unreadable, or an error that repeats the request.
  for (const order of [
    { status: 200, body: { access_token: token }, cutBody: true },
    { status: 200, body: `{"access_token":"${token}"`, contentType: "application/json" },
    { status: 500, body: echo },
    { status: 400, body: { ...echo, error: "invalid_client" } },
  ]) {
    await expireTokens(house, as.accountId);
    await house.control("/faults", { path: "^/oauth/token$", times: 1, ...order });
    const refused = await withAccount(house.rt, as.accountId, "open", ({ meli }) =>
      listUnread(meli, { userId: sellerId }),
    ).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
    for (let error: unknown = refused; error instanceof Error; error = error.cause) {
      answers.push(`${error.stack}\n${JSON.stringify(error)}\n${error.message}`);
    }
  }

  await house.control("/grants/revoke", { sellerId });
  await expireTokens(house, as.accountId);
  expect((await refresh()).status).toBe(409);
  for (const path of ["/api/inbox", "/api/status", "/api/me", thread]) await call(path);
  await call(`/api/accounts/${sellerId}/disconnect`, { method: "POST", body: { forget: true } });
});

it("has written a log, and shown people their words", () => {
  expect(logged.length).toBeGreaterThan(40);
  const shown = answers.join("\n");
  for (const words of [...PRIVATE.slice(0, 3), ...PRIVATE.slice(9)]) expect(shown).toContain(words);
});

it("has told no token and no secret to anybody", () => {
  const { sessionSecret, meli } = house.rt.env;
  const hidden = [...secrets, sessionSecret, meli.clientSecret, process.env.TOKEN_KEY ?? "?"];
  expect(new Set(secrets).size).toBe(4);
  for (const said of [...answers, ...logged]) {
    expect(said).not.toMatch(TOKEN);
    for (const secret of hidden) expect(said.includes(secret) ? said : "").toBe("");
  }
});

it("has written no word of a person into the log, and whole JSON lines only", () => {
  for (const line of logged.flatMap((text) => text.trimEnd().split("\n"))) {
    expect(() => JSON.parse(line)).not.toThrow();
    for (const words of PRIVATE) expect(line).not.toContain(words);
  }
});
