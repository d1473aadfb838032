import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { withAccount } from "@/lib/server/account-context";
import { readMessage } from "@/lib/server/mercadolibre/messages";
import { publicUser } from "@/lib/server/mercadolibre/users";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import {
  accountState,
  countTokenCalls,
  expireTokens,
  outliveLease,
  refuseSaving,
} from "@/scripts/testing/tokens";
import { createVault } from "./vault";

let house: House;
let me: SignedIn;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  me = await house.signIn(await house.newSeller());
  await house.control("/faults/clear", {});
  await house.control("/calls/clear", {});
});
afterAll(() => house.close());

const access = () => house.rt.vault.access(me.accountId);
const fault = (order: object) =>
  house.control("/faults", { method: "POST", path: "^/oauth/token$", times: 1, ...order });
/** A call in the account's name, whose answer does not matter. */
const callApi = () =>
  withAccount(house.rt, me.accountId, "open", (ctx) => publicUser(ctx.meli, me.accountId));

/** A vault of another process: the same database, keys of its own, the network through `fetch`. */
const otherVault = (o: { keys?: Buffer[]; fetch?: typeof fetch } = {}) =>
  createVault({
    db: house.rt.db,
    keys: o.keys ?? house.rt.env.tokenKeys,
    oauth: { ...house.rt.env.meli, ...(o.fetch === undefined ? {} : { fetch: o.fetch }) },
    log: house.rt.log,
  });

it("refreshes once for 20 calls at the same time", async () => {
  await expireTokens(house, me.accountId);
  const tokens = await Promise.all(Array.from({ length: 20 }, access));
  expect(new Set(tokens).size).toBe(1);
  expect(await countTokenCalls(house)).toBe(1);
});

it("asks nobody while the token is good", async () => {
  await access();
  expect(await countTokenCalls(house)).toBe(0);
});

it("saves the new refresh token before anything uses its access token", async () => {
  await expireTokens(house, me.accountId);
  const endRefusal = await refuseSaving(house);
  await expect(callApi()).rejects.toThrow();
  await endRefusal();
  expect(await countTokenCalls(house)).toBe(1);
  expect(await house.calls({ path: "^/users/" })).toEqual([]);

  // The answer was journalled: it is used now, and no second refresh is made.
  expect(await callApi()).toMatchObject({ id: me.accountId });
  expect(await countTokenCalls(house)).toBe(1);
});

it.each([
  ["a 500", { status: 500 }],
  ["a 503 with a page", { status: 503, body: "<html>busy</html>", contentType: "text/html" }],
  ["a 429", { status: 429 }],
  ["a cut answer that was never applied", { status: 200, body: { access_token: "x" }, cutBody: true }],
])("keeps the account connected after %s", async (_name, order) => {
  await expireTokens(house, me.accountId);
  await fault(order);
  await expect(access()).rejects.toMatchObject({ code: "meli_down" });
  expect(await accountState(house, me.accountId)).toBe("connected");
  expect(await access()).toMatch(/^APP_USR-/);
});

it("keeps the account connected when the network is gone", async () => {
  await expireTokens(house, me.accountId);
  const unplugged = otherVault({ fetch: () => Promise.reject(new TypeError("fetch failed")) });
  await expect(unplugged.access(me.accountId)).rejects.toMatchObject({ code: "meli_down" });
  expect(await accountState(house, me.accountId)).toBe("connected");
  expect(await access()).toMatch(/^APP_USR-/);
});

it("asks for consent again once Mercado Libre says that the grant is over", async () => {
  await house.control("/grants/revoke", { sellerId: me.accountId });
  await expireTokens(house, me.accountId);
  await expect(access()).rejects.toMatchObject({
    code: "account_disconnected",
    detail: { reason: "reconnect" },
  });
  expect(await accountState(house, me.accountId)).toBe("reconnect");
  await house.control("/calls/clear", {});
  await expect(access()).rejects.toMatchObject({ code: "account_disconnected" });
  expect(await countTokenCalls(house)).toBe(0);
});

it("notices a revoked grant while the token still looks good", async () => {
  await house.control("/grants/revoke", { sellerId: me.accountId });
  await expect(callApi()).rejects.toMatchObject({ code: "account_disconnected" });
  expect(await accountState(house, me.accountId)).toBe("reconnect");
});

it("does not ask for consent when another process has refreshed meanwhile", async () => {
  await expireTokens(house, me.accountId);
  const late = otherVault({
    fetch: async (input, init) => {
      await outliveLease(house, me.accountId);
      await access();
      return fetch(input, init);
    },
  });
  expect(await late.access(me.accountId)).toBe(await access());
  expect(await accountState(house, me.accountId)).toBe("connected");
  expect((await house.calls({ path: "^/oauth/token$" })).map((call) => call.status)).toEqual([200, 400]);
});

it("does not ask for consent while another process's answer waits in the journal", async () => {
  await expireTokens(house, me.accountId);
  const late = otherVault({
    fetch: async (input, init) => {
      await outliveLease(house, me.accountId);
      const endRefusal = await refuseSaving(house);
      await expect(access()).rejects.toThrow();
      await endRefusal();
      return fetch(input, init);
    },
  });
  expect(await late.access(me.accountId)).toBe(await access());
  expect(await accountState(house, me.accountId)).toBe("connected");
});

it("opens with any key of the list and seals with the first", async () => {
  const next = randomBytes(32);
  const rotated = otherVault({ keys: [next, ...house.rt.env.tokenKeys] });
  const before = await rotated.access(me.accountId);
  expect(before).toBe(await access());

  await expireTokens(house, me.accountId);
  const after = await rotated.access(me.accountId);
  expect(await otherVault({ keys: [next] }).access(me.accountId)).toBe(after);
  await expect(access()).rejects.toMatchObject({ code: "bug" });
});

it("opens a sealed token for nobody in another account's row", async () => {
  const other = await house.signIn(await house.newSeller());
  await house.rt.database.pool.query(
    "update tokens set sealed = (select sealed from tokens where account_id = $1) where account_id = $2",
    [other.accountId, me.accountId],
  );
  await expect(access()).rejects.toMatchObject({ code: "bug" });
  expect(await house.rt.vault.access(other.accountId)).toMatch(/^APP_USR-/);
});

it("holds no token in the clear", async () => {
  const token = await access();
  const { rows } = await house.rt.database.pool.query("select t::text as row from tokens t");
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(JSON.stringify(rows)).not.toMatch(/APP_USR-\d|TG-[0-9a-f]{24}/);
});

it("answers a 401 with one refresh and one more try", async () => {
  await house.control("/tokens/expire", { sellerId: me.accountId });
  expect(await callApi()).toMatchObject({ id: me.accountId });
  expect(await countTokenCalls(house)).toBe(1);
  expect((await house.calls({ path: "^/users/" })).map((call) => call.status)).toEqual([401, 200]);
});

it("asks for consent when a fresh token is refused as well", async () => {
  await fault({
    method: "GET",
    path: "^/messages/",
    times: 2,
    status: 401,
    body: { message: "invalid_token" },
  });
  await expect(
    withAccount(house.rt, me.accountId, "open", (ctx) =>
      readMessage(ctx.meli, "0199aa00bb11cc22dd33ee44ff556677"),
    ),
  ).rejects.toMatchObject({ code: "account_disconnected" });
  expect(await countTokenCalls(house)).toBe(1);
  expect(await accountState(house, me.accountId)).toBe("reconnect");
});

it("uses a token that lives shorter than its safety margin", async () => {
  await house.control("/settings", { expiresIn: 20 });
  await expireTokens(house, me.accountId);
  const token = await access();
  await house.control("/settings", { expiresIn: 21_600 });
  expect(await access()).toBe(token);
  expect(await countTokenCalls(house)).toBe(1);
});

it("keeps a fresh consent when the token before it is refused late", async () => {
  await fault({
    method: "GET",
    path: "^/messages/",
    times: 2,
    status: 401,
    body: { message: "invalid_token" },
  });
  const late = withAccount(house.rt, me.accountId, "open", async (ctx) => {
    try {
      return await readMessage(ctx.meli, "0199aa00bb11cc22dd33ee44ff556677");
    } finally {
      await house.signIn(me.accountId);
    }
  });
  await expect(late).rejects.toMatchObject({ code: "account_disconnected" });
  expect(await accountState(house, me.accountId)).toBe("connected");
  expect(await callApi()).toMatchObject({ id: me.accountId });
});
