import { createServer, request as httpRequest } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createHouse, type House } from "@/scripts/testing/house";
import { receiveNotice } from "./receive-notice";

let house: House;

beforeAll(async () => {
  house = await createHouse({ TRUSTED_PROXIES: "10.0.0.0/8" });
});
beforeEach(() => house.rt.database.pool.query("truncate notices"));
afterAll(() => house.close());

const NOTICE = {
  id: "5e2827f2-0000-4000-8000-000000000002",
  resource: "3f6da1e35ac84f70a24af7360d24c7bc",
  user_id: 700000001,
  topic: "messages",
  actions: ["created"],
  application_id: 1000000000000001,
  attempts: 1,
  sent: "2026-10-08T13:44:33.006Z",
  received: "2026-10-08T13:44:32.984Z",
};

/** As Mercado Libre sends it: no cookie, no origin. */
const post = (body: string | ReadableStream) =>
  house.answer(
    new Request("http://inbox.test/api/notifications", {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body,
      ...(typeof body === "string" ? {} : { duplex: "half" }),
    }),
  );
const notify = (change: object = {}) => post(JSON.stringify({ ...NOTICE, ...change }));
const stored = async () => (await house.rt.database.pool.query("select * from notices order by id")).rows;

it("stores a notification before it answers 200, with nothing in the answer", async () => {
  const calls = (await house.calls()).length;
  const response = await notify();
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await stored()).toMatchObject([
    {
      user_id: "700000001",
      topic: "messages",
      resource: NOTICE.resource,
      subject: NOTICE.resource,
      actions: ["created"],
      notice_id: NOTICE.id,
      attempts: 1,
      sent_at: new Date(NOTICE.sent),
      received_at: new Date(NOTICE.received),
      source: "push",
      state: "pending",
    },
  ]);
  expect((await house.calls()).length).toBe(calls);
});

it("stores an event once, however often it is told", async () => {
  for (const change of [{}, { attempts: 2, sent: "2026-10-08T13:45:00Z" }, { user_id: "700000001" }]) {
    expect((await notify(change)).status).toBe(200);
  }
  expect(await stored()).toHaveLength(1);
  await notify({ received: "2026-10-08T13:50:00.000Z" });
  expect(await stored()).toHaveLength(2);
});

it("stores hundreds that come at once, each of them", async () => {
  const answers = await Promise.all(
    Array.from({ length: 400 }, (_, n) => notify({ resource: `${NOTICE.resource}${n}` })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set((await stored()).map(({ subject }) => subject)).size).toBe(400);
});

it.each([
  ["what is no JSON", "hello", 400, "malformed"],
  ["another shape", "{}", 400, "malformed"],
  ["a path trick", JSON.stringify({ ...NOTICE, resource: "/messages/../users/me" }), 400, "malformed"],
  ["a foreign application", JSON.stringify({ ...NOTICE, application_id: 7 }), 403, "foreign_application"],
])("refuses %s and stores nothing", async (_what, body, status, code) => {
  const response = await post(body);
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({ code, requestId: response.headers.get("x-request-id") });
  expect(await stored()).toEqual([]);
});

it.each([
  ["a topic that it does not know", { topic: "stock-location", resource: "/stock/1" }],
  ["a form that no topic has", { topic: "catalog_news", resource: "/sites/MLA/news?ids=1,2|3#a@b" }],
  ["a resource that is not its topic's", { resource: "/messages/packs/1/sellers/2" }],
])("acknowledges %s and stores nothing", async (_what, change) => {
  expect((await notify(change)).status).toBe(200);
  expect(await stored()).toEqual([]);
});

it("stops reading a body as soon as it is too large", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(16 * 1024).fill(32));
    },
  });
  const response = await post(endless);
  expect(response.status).toBe(413);
  expect(sent).toBeLessThan(10);
});

it("answers 503 while PostgreSQL stores nothing, so that it is sent again", async () => {
  await house.rt.database.pool.query("alter table notices rename to notices_away");
  try {
    const response = await notify();
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("1");
  } finally {
    await house.rt.database.pool.query("alter table notices_away rename to notices");
  }
  expect((await notify()).status).toBe(200);
  expect(await stored()).toHaveLength(1);
});

it("takes notifications from the named addresses only, by the socket and not by what a client writes", async () => {
  // As in a process that was started with them.
  house.rt.env.notificationSources = ["54.88.218.97"];
  Reflect.deleteProperty(globalThis, "buzonIntake");
  const server = createServer(async (incoming, outgoing) => {
    const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
    const answer = await receiveNotice(
      new Request("http://inbox.test/api/notifications", {
        method: "POST",
        headers: Object.fromEntries(headers),
        body: JSON.stringify(NOTICE),
      }),
    );
    outgoing.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const ask = (forwardedFor: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      httpRequest(
        { host: "127.0.0.1", port, method: "POST", headers: { "x-forwarded-for": forwardedFor } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      )
        .on("error", reject)
        .end();
    });
  const restart = (trusted: string[], sources: string[]) => {
    house.rt.env.trustedProxies = trusted;
    house.rt.env.notificationSources = sources;
    Reflect.deleteProperty(globalThis, "buzonIntake");
  };
  try {
    expect(await ask("54.88.218.97")).toBe(403);
    restart(["127.0.0.0/8"], ["54.88.218.97"]);
    expect(await ask("54.88.218.97")).toBe(200);
    expect(await ask("54.88.218.97, 8.8.8.8")).toBe(403);
    restart([], ["127.0.0.1"]);
    expect(await ask("8.8.8.8")).toBe(200);
    // Without the socket's address nobody can tell: not taken, and sent again.
    expect((await notify()).status).toBe(503);
  } finally {
    restart([], []);
    server.close();
  }
});

it.each([
  ["an id that is cut through a letter of two halves", { id: `${"a".repeat(99)}\u{1f600}b` }],
  ["a last day of a year that has five figures elsewhere", { sent: "9999-12-31T23:59:59.000-04:00" }],
  ["no id and no times", { id: null, sent: null, received: null }],
])("stores %s, and what came along with it", async (_what, odd) => {
  const answers = await Promise.all([
    notify({ resource: "a1b2c3d4e5f60718" }),
    notify({ resource: "a1b2c3d4e5f60719", ...odd }),
    notify({ resource: "a1b2c3d4e5f60720", ...odd }),
    notify({ resource: "a1b2c3d4e5f60721" }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await stored()).toHaveLength(4);
});
