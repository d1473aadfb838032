import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Child, startChild } from "@/scripts/testing/child";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { openTap, type Tap } from "@/scripts/testing/tap";
import { accountState, countTokenCalls, expireTokens, outliveLease } from "@/scripts/testing/tokens";

const SCRIPT = "scripts/testing/vault-process.ts";

let house: House;
let me: SignedIn;
let packId: string;
let children: Child[] = [];
let taps: Tap[] = [];

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  const sellerId = await house.newSeller();
  packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Hacen factura A?", minutesAgo: 4, unread: true }],
  });
  me = await house.signIn(sellerId);
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await Promise.all(taps.map((tap) => tap.close()));
  [children, taps] = [[], []];
});
afterAll(() => house.close());

const thread = () => `/api/threads/messages/${packId}`;

async function vaultProcess(times: number, env: Record<string, string> = {}): Promise<Child> {
  const child = startChild(SCRIPT, [me.accountId, String(times)], env);
  children.push(child);
  expect(await child.line()).toBe("ready");
  return child;
}

/** A vault process that dies by kill -9 the moment `when` sees it do something; what it saw goes no further. */
async function dieWhen(
  on: "MELI_API_URL" | "DATABASE_URL",
  when: (text: string, from: "client" | "server") => boolean,
): Promise<void> {
  let child: Child | null = null;
  let die = (): void => undefined;
  const dead = new Promise<void>((resolve) => {
    die = () => void child?.kill().then(resolve);
  });
  const target = on === "MELI_API_URL" ? house.apiUrl : house.rt.env.databaseUrl;
  const tap = await openTap(target, (text, from) => {
    if (!when(text, from)) return "pass";
    die();
    return "hold";
  });
  taps.push(tap);
  child = await vaultProcess(1, { [on]: tap.url });
  await expireTokens(house, me.accountId);
  await house.control("/calls/clear", {});
  child.say("go");
  await dead;
  await outliveLease(house, me.accountId);
}

it("refreshes once for 20 calls in two processes", async () => {
  const two = await Promise.all([vaultProcess(10), vaultProcess(10)]);
  await expireTokens(house, me.accountId);
  await house.control("/calls/clear", {});
  for (const child of two) child.say("go");
  const lines = await Promise.all(two.map((child) => child.line()));
  const digests = lines.flatMap((line) => line?.split(" ") ?? []);
  expect(digests).toHaveLength(20);
  expect(new Set(digests).size).toBe(1);
  expect(await countTokenCalls(house)).toBe(1);
});

it("loses no account when the process is killed before the refresh leaves", async () => {
  await dieWhen("MELI_API_URL", (text, from) => from === "client" && text.includes("POST /oauth/token"));
  expect(await countTokenCalls(house)).toBe(0);
  expect(await house.rt.vault.access(me.accountId)).toMatch(/^APP_USR-/);
  expect(await accountState(house, me.accountId)).toBe("connected");
});

it("loses no account when the process is killed once the answer is journalled", async () => {
  await dieWhen(
    "DATABASE_URL",
    (text, from) => from === "client" && text.includes('update "tokens" set "sealed"'),
  );
  expect(await house.rt.vault.access(me.accountId)).toMatch(/^APP_USR-/);
  expect(await accountState(house, me.accountId)).toBe("connected");
  expect(await countTokenCalls(house)).toBe(1);
});

it.each([
  [
    "while the answer is on its way",
    "MELI_API_URL" as const,
    (text: string, from: string) => from === "server" && text.includes("HTTP/1.1 200"),
  ],
  [
    "between the answer and the journal",
    "DATABASE_URL" as const,
    (text: string, from: string) => from === "client" && text.includes('update "tokens" set "journal"'),
  ],
])("ends as reconnect, with everything kept, when the process is killed %s", async (_when, on, sees) => {
  await house.call(thread(), { as: me });
  await house.call(`${thread()}/draft`, { as: me, method: "PUT", body: { text: "Sí, hac", files: [] } });
  const key = crypto.randomUUID();
  const reply = { key, text: "Sí, siempre.", files: [] };
  await house.call(`${thread()}/replies`, { as: me, method: "POST", body: reply });
  await house.call(`${thread()}/draft`, { as: me, method: "PUT", body: { text: "Y también", files: [] } });

  await dieWhen(on, sees);

  await expect(house.rt.vault.access(me.accountId)).rejects.toMatchObject({
    code: "account_disconnected",
    detail: { reason: "reconnect" },
  });
  expect(await (await house.call("/api/me", { as: me })).json()).toMatchObject({
    accounts: [{ id: me.accountId, state: "reconnect" }],
  });
  expect(await (await house.call(thread(), { as: me })).json()).toMatchObject({
    messages: [{ text: "¿Hacen factura A?" }],
    draft: { text: "Y también" },
    outbox: [{ key, text: "Sí, siempre.", state: "queued" }],
    composer: { allowed: false, because: "disconnected" },
  });

  // The same seller's consent brings it all back.
  const again = await house.signIn(me.accountId);
  expect(again.userId).toBe(me.userId);
  expect(await house.rt.vault.access(me.accountId)).toMatch(/^APP_USR-/);
});
