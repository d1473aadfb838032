import { afterAll, beforeAll, expect, it } from "vitest";
import { ProblemSchema } from "@/lib/shared/api/common";
import { FileSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import { type Belongings, furnish } from "@/scripts/testing/belongings";
import { createHouse, type House } from "@/scripts/testing/house";

let house: House;
let mine: Belongings;

beforeAll(async () => {
  house = await createHouse();
  mine = await furnish(house, "PROPIA");
});
afterAll(() => house.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const putDraft = (body: Uint8Array) =>
  house.call(`${mine.thread}/draft`, { as: mine.as, method: "PUT", body });
const problemOf = async (answer: Response) => ProblemSchema.parse(await answer.json());

it.each([
  ["no JSON", "{", { body: "json" }],
  ["no body", "", { body: "json" }],
  ["a field of another kind", '{"text":5,"files":[]}', { text: "invalid_type" }],
  ["a field that is missing", '{"text":"x"}', { files: "invalid_type" }],
  ["something deep inside", '{"text":"x","files":["nope"]}', { "files.0": "invalid_format" }],
])("answers 422 to %s and names the field", async (_what, body, fields) => {
  const answer = await putDraft(bytes(body));
  expect(answer.status).toBe(422);
  expect(await problemOf(answer)).toMatchObject({ code: "invalid_input", fields });
});

it.each([
  ["/api/inbox?cursor=elsewhere", { cursor: "format" }],
  ["/api/inbox?cursor=rest.9999999999999999.1", { cursor: "format" }],
  ["/api/inbox?cursor=rest.999999999999999.1", { cursor: "format" }],
  ["/api/inbox?cursor=due.1.9999999999999999999", { cursor: "format" }],
  ["/api/inbox?state=blocked&cursor=due.999999999999999.1", { cursor: "format" }],
  ["/api/inbox?account=../../etc", { account: "invalid_format" }],
  ["/api/inbox?channel=leads", { channel: "invalid_value" }],
  ["/api/threads/messages/not-a-number", { externalId: "invalid_format" }],
  ["/api/threads/letters/123", { channel: "invalid_value" }],
])("answers 422 to the address %s", async (path, fields) => {
  const answer = await house.call(path, { as: mine.as });
  expect([answer.status, (await problemOf(answer)).fields]).toEqual([422, fields]);
});

it("answers 413 to a body that no act needs", async () => {
  expect((await putDraft(bytes(JSON.stringify({ text: "a".repeat(300_000), files: [] })))).status).toBe(413);
});

it("keeps what was typed without the one character that no database takes", async () => {
  expect((await putDraft(bytes('{"text":"Hola\\u0000 \\\\u0000 😀","files":[]}'))).status).toBe(200);
  const view = await house.read(ThreadViewSchema, mine.thread, { as: mine.as });
  expect(view.draft.text).toBe("Hola \\u0000 😀");
  const file = await house.read(FileSchema, `${mine.thread}/files?name=a%00b.txt`, {
    as: mine.as,
    method: "POST",
    body: bytes("x"),
  });
  expect(file.name).toBe("ab.txt");
});

it("tells nothing of our own faults but the request's id", async () => {
  const { pool } = house.rt.database;
  await pool.query("alter table drafts rename to drafts_gone");
  const answer = await putDraft(bytes('{"text":"secreto","files":[]}'));
  await pool.query("alter table drafts_gone rename to drafts");
  expect(answer.status).toBe(500);
  const requestId = answer.headers.get("x-request-id");
  expect(await answer.json()).toEqual({
    code: "bug",
    title: "Something went wrong on our side",
    status: 500,
    requestId,
  });
});

it("says when to come back when Mercado Libre has no room", async () => {
  await house.control("/faults", {
    method: "GET",
    path: "/messages/packs/",
    times: 9,
    status: 429,
    headers: { "retry-after": "30" },
  });
  const answer = await house.call(`${mine.thread}/refresh`, { as: mine.as, method: "POST" });
  await house.control("/faults/clear", {});
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(20);
  const problem = await problemOf(answer);
  expect(problem.code).toBe("slow_down");
  expect(problem.retryAt?.getTime()).toBeGreaterThan(Date.now() + 20_000);
});

it("is ready once the database answers with this build's schema", async () => {
  expect((await house.call("/api/health")).status).toBe(200);
  expect(await (await house.call("/api/ready")).json()).toEqual({ ok: true });
  const { pool } = house.rt.database;
  await pool.query("alter schema drizzle rename to elsewhere");
  expect((await house.call("/api/ready")).status).toBe(503);
  await pool.query("alter schema elsewhere rename to drizzle");
});

it("tells browsers to come by https only, on every answer, once its address is https", async () => {
  const addresses: [string, string, number][] = [
    ["GET", "/api/health", 200],
    ["GET", "/api/ready", 200],
    ["GET", "/api/auth/csrf", 200],
    ["GET", "/api/auth/session", 404],
    ["GET", "/api/auth/callback/mercadolibre?error=access_denied", 302],
    ["POST", "/api/auth/signin/mercadolibre?site=MLA", 302],
    ["GET", "/api/me", 401],
    ["POST", "/api/sessions/end", 401],
  ];
  const ask = () =>
    Promise.all(
      addresses.map(async ([method, path]) => {
        const answer = await house.call(path, { method });
        return [method, path, answer.status, answer.headers.get("strict-transport-security")];
      }),
    );
  expect(await ask()).toEqual(addresses.map((address) => [...address, null]));
  Object.assign(house.rt.env, { isSecure: true });
  try {
    const year = "max-age=31536000; includeSubDomains";
    expect(await ask()).toEqual(addresses.map((address) => [...address, year]));
  } finally {
    Object.assign(house.rt.env, { isSecure: false });
  }
});
