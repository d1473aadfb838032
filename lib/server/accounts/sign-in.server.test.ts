import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { MeSchema, StatusSchema } from "@/lib/shared/api/account";
import { createHouse, type House } from "@/scripts/testing/house";
import { createVisitor } from "@/scripts/testing/visitor";

let house: House;
let sellerId: string;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  sellerId = await house.newSeller();
  await house.control("/faults/clear", {});
});
afterAll(() => house.close());

const me = async (cookie: string) => house.read(MeSchema, "/api/me", { headers: { cookie } });

it("signs a seller in: state and PKCE out, our cookie and nothing of Mercado Libre back", async () => {
  const visitor = createVisitor(house);
  const asked = await visitor.leave("site=MLB");
  expect(Object.fromEntries(asked.searchParams)).toEqual({
    response_type: "code",
    client_id: house.rt.env.meli.clientId,
    redirect_uri: "http://inbox.test/api/auth/callback/mercadolibre",
    state: expect.stringMatching(/^.{20,}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: "S256",
  });
  expect(await visitor.comeBack(await visitor.decide(asked, "allow", sellerId))).toBe("/inbox");
  expect(await me(visitor.cookie())).toMatchObject({
    accounts: [{ id: sellerId, state: "connected", isCurrent: true }],
    sessions: 1,
  });
});

it("keeps every cookie from scripts and from other sites", async () => {
  const visitor = createVisitor(house);
  const callback = await visitor.decide(await visitor.leave(), "allow", sellerId);
  const answer = await visitor.get(callback.pathname + callback.search);
  const set = answer.headers.getSetCookie();
  expect(set.some((one) => one.startsWith("buzon.session="))).toBe(true);
  for (const one of set) expect(one).toMatch(/HttpOnly/i);
  for (const one of set) expect(one).toMatch(/SameSite=Lax/i);
});

it.each([
  ["a denied consent", "cancel", "denied"],
  ["an operator's login", "operator", "operator"],
])("says so after %s", async (_name, kind, problem) => {
  const visitor = createVisitor(house);
  await house.control("/settings", { operatorLogin: kind === "operator", operatorRedirects: true });
  const back = await visitor.decide(await visitor.leave(), kind === "cancel" ? "cancel" : "allow", sellerId);
  expect(await visitor.comeBack(back)).toBe(`/?problem=${problem}`);
  await house.control("/settings", { operatorLogin: false });
});

it("says so when the code was used before", async () => {
  const [one, two] = [createVisitor(house), createVisitor(house)];
  const first = await one.decide(await one.leave(), "allow", sellerId);
  expect(await one.comeBack(first)).toBe("/inbox");
  const second = await two.decide(await two.leave(), "allow", sellerId);
  second.searchParams.set("code", first.searchParams.get("code") ?? "");
  expect(await two.comeBack(second)).toBe("/?problem=expired_code");
});

it("opens nothing for a state that is wrong, from another browser, or used before", async () => {
  const visitor = createVisitor(house);
  const wrong = await visitor.decide(await visitor.leave(), "allow", sellerId);
  wrong.searchParams.set("state", "x".repeat(43));
  expect(await visitor.comeBack(wrong)).toBe("/?problem=state");

  const forged = await visitor.decide(await visitor.leave(), "allow", sellerId);
  expect(await createVisitor(house).comeBack(forged)).toBe("/?problem=state");

  const used = await visitor.decide(await visitor.leave(), "allow", sellerId);
  expect(await visitor.comeBack(used)).toBe("/inbox");
  expect(await visitor.comeBack(used)).toBe("/?problem=state");
});

it.each([
  ["cannot be asked", { status: 503 }, "meli_down"],
  [
    "refuses the application",
    { status: 400, body: { error: "invalid_client", message: "x", status: 400 } },
    "config",
  ],
])("says so when Mercado Libre %s", async (_name, order, problem) => {
  await house.control("/faults", { method: "POST", path: "^/oauth/token$", times: 1, ...order });
  const visitor = createVisitor(house);
  expect(await visitor.consent(sellerId)).toBe(`/?problem=${problem}`);
  expect((await visitor.get("/api/me")).status).toBe(401);
});

it("returns to no other site, whatever it is asked", async () => {
  const visitor = createVisitor(house);
  const { csrfToken } = await (await visitor.get("/api/auth/csrf")).json();
  for (const callbackUrl of [
    "https://evil.test/inbox",
    "//evil.test",
    "/\\evil.test",
    "javascript:alert(1)",
  ]) {
    const form = new URLSearchParams({ csrfToken, callbackUrl }).toString();
    const answer = await house.call("/api/auth/signin/mercadolibre?site=MLA", {
      method: "POST",
      headers: { cookie: visitor.cookie(), "content-type": "application/x-www-form-urlencoded" },
      body: new TextEncoder().encode(form),
    });
    const kept = answer.headers.getSetCookie().find((one) => one.startsWith("buzon.return="));
    expect(decodeURIComponent(kept ?? "")).toMatch(/^buzon\.return=http:\/\/inbox\.test(\/[^/\\;]*)?;/);
  }
});

it("sends nobody to Mercado Libre for a form without its token", async () => {
  const form = new URLSearchParams({ csrfToken: "forged", callbackUrl: "/inbox" }).toString();
  const answer = await house.call("/api/auth/signin/mercadolibre?site=MLA", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new TextEncoder().encode(form),
  });
  expect(answer.headers.get("location") ?? "").not.toContain(house.apiUrl);
});

it("lets nobody in whom ALLOWED_ACCOUNTS does not name", async () => {
  const before = house.rt.env.allowedAccounts;
  Object.assign(house.rt.env, { allowedAccounts: [sellerId] });
  const other = createVisitor(house);
  expect(await other.consent(await house.newSeller())).toBe("/?problem=not_allowed");
  expect((await other.get("/api/me")).status).toBe(401);
  expect(await createVisitor(house).consent(sellerId)).toBe("/inbox");
  Object.assign(house.rt.env, { allowedAccounts: before });
});

it("shows and opens no account that ALLOWED_ACCOUNTS names no more", async () => {
  const visitor = createVisitor(house);
  await visitor.consent(sellerId);
  const second = await house.newSeller();
  await visitor.consent(second, "site=MLA&connect=1");
  const headers = { cookie: visitor.cookie() };
  const before = house.rt.env.allowedAccounts;
  Object.assign(house.rt.env, { allowedAccounts: [sellerId] });
  try {
    expect((await me(visitor.cookie())).accounts).toMatchObject([{ id: sellerId, isCurrent: true }]);
    const status = await house.read(StatusSchema, "/api/status", { headers });
    expect(status.accounts.map(({ id }) => id)).toEqual([sellerId]);
    const change = { method: "PATCH", headers, body: { currentAccount: second } };
    expect((await house.call("/api/me", change)).status).toBe(404);
  } finally {
    Object.assign(house.rt.env, { allowedAccounts: before });
  }
  expect((await me(visitor.cookie())).accounts).toHaveLength(2);
});

it("adds a second account to the session that asked for it", async () => {
  const visitor = createVisitor(house);
  await visitor.consent(sellerId);
  const { userId } = await me(visitor.cookie());
  const second = await house.newSeller({ siteId: "MLB" });
  expect(await visitor.consent(second, "site=MLB&connect=1")).toMatch(/^\/(inbox|settings)/);
  const after = await me(visitor.cookie());
  expect(after.userId).toBe(userId);
  expect(after.accounts.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
    [sellerId, false],
    [second, true],
  ]);
});

it("does not add an account to a session that was ended meanwhile", async () => {
  const visitor = createVisitor(house);
  await visitor.consent(sellerId);
  const back = await visitor.decide(
    await visitor.leave("site=MLA&connect=1"),
    "allow",
    await house.newSeller(),
  );
  await house.call("/api/sessions/end", {
    method: "POST",
    body: { all: true },
    headers: { cookie: visitor.cookie() },
  });
  expect(await visitor.comeBack(back)).toContain("problem=state");
  await createVisitor(house).consent(sellerId);
});

it("says so when another seller consents to a renewal, and leaves the first as it was", async () => {
  const visitor = createVisitor(house);
  await visitor.consent(sellerId);
  await house.control("/grants/revoke", { sellerId });
  const other = await house.newSeller();
  expect(await visitor.consent(other, `site=MLA&connect=${sellerId}`)).toBe(
    "/settings?problem=wrong_account",
  );
  expect(await visitor.consent(sellerId, `site=MLA&connect=${sellerId}`)).not.toContain("problem");
  expect((await me(visitor.cookie())).accounts).toMatchObject([
    { id: sellerId, state: "connected" },
    { id: other, state: "connected" },
  ]);
});

it.each([
  ["POST", "signout"],
  ["GET", "signout"],
  ["GET", "session"],
  ["POST", "session"],
  ["GET", "providers"],
  ["GET", "error"],
  ["GET", "verify-request"],
  ["POST", "_log"],
])("has no %s of next-auth's %s: it can neither end a session nor tell of one", async (method, action) => {
  const visitor = createVisitor(house);
  await visitor.consent(sellerId);
  const { csrfToken } = await (await visitor.get("/api/auth/csrf")).json();
  const answer = await house.call(`/api/auth/${action}`, {
    method,
    headers: { cookie: visitor.cookie(), "content-type": "application/x-www-form-urlencoded" },
    ...(method === "GET"
      ? {}
      : { body: new TextEncoder().encode(new URLSearchParams({ csrfToken, json: "true" }).toString()) }),
  });
  expect([answer.status, answer.headers.getSetCookie(), await answer.text()]).toEqual([404, [], ""]);
  expect((await me(visitor.cookie())).sessions).toBe(1);
});
