import { afterEach, describe, expect, it } from "vitest";
import { FateDrawer, NoticeFaults } from "@/sandbox/notifications/notice-faults";
import { startTold } from "@/sandbox/notifications/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(o: Parameters<typeof startTold>[0] = {}) {
  const told = await startTold(o);
  closing.push(told.receiver.close);
  return told;
}

async function writeMany(told: Awaited<ReturnType<typeof start>>, count: number) {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await told.write(`Mensaje ${n}`));
  return ids;
}

describe("faults on notices (notifications.md 7.3)", () => {
  it("drop a share that the seed decides; what was dropped is known, and never filed", async () => {
    const outcomesWith = async (seed: number) => {
      const told = await start();
      await told.fault({ drop: 0.3, seed });
      const ids = await writeMany(told, 100);
      await expect.poll(() => told.total("pending")).toBe(0);
      const dropped = await told.notices("?outcome=dropped");
      const arrived = told.receiver.received.map((got) => textAt(got.body, "resource"));
      const gone = dropped.map((one) => textAt(one, "resource"));
      expect([...arrived, ...gone].toSorted()).toEqual(ids.toSorted());
      expect(listAt((await told.missed()).body, "messages")).toEqual([]);
      return (await told.outcomes()).map((outcome) => (outcome === "dropped" ? "x" : "-")).join("");
    };
    const [first, again, other] = [await outcomesWith(7), await outcomesWith(7), await outcomesWith(8)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    const lost = first.split("x").length - 1;
    expect(lost).toBeGreaterThan(15);
    expect(lost).toBeLessThan(45);
  });

  it("repeat a share, with the same id, as often as ordered", async () => {
    const told = await start();
    await told.fault({ duplicate: 1, copies: 4 });
    const id = await told.write();
    await expect.poll(() => told.receiver.received.length).toBe(5);
    expect(new Set(told.receiver.received.map((got) => at(got.body, "id"))).size).toBe(1);
    expect(new Set(told.receiver.received.map((got) => at(got.body, "resource")))).toEqual(new Set([id]));
    await expect.poll(() => told.total("copies")).toBe(4);
    expect(await told.total("events")).toBe(1);
  });

  it("hold notices back and send all of them in another order", async () => {
    const told = await start();
    await told.fault({ reorder: { windowMs: 60_000 } });
    const ids = await writeMany(told, 12);
    expect(told.receiver.received).toHaveLength(0);
    await told.api.control("/clock", { advanceMs: 60_000 });
    await expect.poll(() => told.receiver.received.length).toBe(12);
    const arrived = told.receiver.received.map((got) => textAt(got.body, "resource"));
    expect(arrived).not.toEqual(ids);
    expect(arrived.toSorted()).toEqual(ids.toSorted());
  });

  it("always swap two notices that are held together, and mix more as the seed decides", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const fates = new FateDrawer();
      fates.set(NoticeFaults.parse({ seed }));
      expect(fates.shuffle([1, 2])).toEqual([2, 1]);
      const many = Array.from({ length: 20 }, (_, n) => n);
      const mixed = fates.shuffle(many);
      expect(mixed).not.toEqual(many);
      expect(mixed.toSorted((x, y) => x - y)).toEqual(many);
    }
  });

  it("delay notices, in real time or on the sandbox's clock, and a flush lets them go", async () => {
    const told = await start();
    await told.fault({ delayMs: 60_000, reorder: { windowMs: 60_000 } });
    await told.write();
    await told.api.control("/clock", { advanceMs: 60_000 });
    await told.api.control("/clock", { advanceMs: 59_000 });
    expect(told.receiver.received).toHaveLength(0);
    await told.api.control("/clock", { advanceMs: 1_000 });
    await expect.poll(() => told.total("delivered")).toBe(1);
    await told.write();
    expect(await told.flush()).toMatchObject({ attempted: 1, delivered: 1, pending: 0 });
    await told.fault({ delayMs: 50 });
    await told.write();
    await expect.poll(() => told.receiver.received.length).toBe(3);
  });

  it("change the shape: user id as text, no id, the other id, no leading slash", async () => {
    const told = await start();
    const last = async (faults: object, n: number) => {
      await told.fault({ ...faults });
      await told.api.control("/buyer/pay", { packId: told.pack });
      await expect.poll(() => told.receiver.received.length).toBe(n);
      return told.receiver.received.at(-1)?.body;
    };
    expect(at(await last({}, 1), "user_id")).toBe(Number(told.seller));
    expect(at(await last({ stringUserId: true }, 2), "user_id")).toBe(told.seller);
    const bare = Object.keys(Object(await last({ missingId: 1 }, 3)));
    expect(bare).not.toContain("_id");
    expect(bare).not.toContain("id");
    const plain = Object.keys(Object(await last({ plainId: true }, 4)));
    expect(plain).toContain("id");
    expect(plain).not.toContain("_id");
    expect(at(await last({ missingSlash: true }, 5), "resource")).toBe(`orders/${told.order}`);
    expect(at(await last({ missingSlash: true, topics: ["messages"] }, 6), "resource")).toBe(
      `/orders/${told.order}`,
    );
  });

  it("add forged notices of an unknown user and a foreign application beside the true one, not sent again", async () => {
    const told = await start({
      answer: (got) => ({ status: got.text.includes(":9007199254740993777") ? 403 : 200 }),
    });
    await told.change({ retryOffsetsMs: [0, 1], topicOffAfter: 1 });
    await told.fault({ unknownUser: true, foreignApplication: true });
    await told.write();
    await expect.poll(() => told.receiver.received.length).toBe(3);
    await expect.poll(() => told.total("pending")).toBe(0);
    const users = told.receiver.received.map((got) => at(got.body, "user_id"));
    expect(users.filter((id) => id === Number(told.seller))).toHaveLength(2);
    expect(await told.outcomes()).toEqual(["delivered", "delivered", "refused"]);
    // what is forged must not switch a topic off
    await told.fault({});
    await told.write();
    await expect.poll(() => told.receiver.received.length).toBe(4);
  });

  it("notify a user whose grant was revoked", async () => {
    const told = await start();
    await told.api.control("/grants/revoke", { sellerId: told.seller });
    await told.fault({ revokedGrant: true });
    await told.write();
    await expect.poll(() => told.receiver.received.length).toBe(1);
  });

  it("refuse shares beyond one and names that are none; an empty order ends all", async () => {
    const told = await start();
    expect((await told.fault({ drop: 1.5 })).status).toBe(422);
    expect((await told.fault({ drops: 1 })).status).toBe(422);
    await told.fault({ drop: 1 });
    await told.fault({});
    await told.write();
    await expect.poll(() => told.receiver.received.length).toBe(1);
    await told.fault({ drop: 1 });
    await told.api.control("/reset", {});
    expect(at((await told.api.control("/notifications/faults")).body, "drop")).toBe(0);
    // who is told stays, what was told is forgotten
    expect(at(await told.log(), "subscriptions", 0, "callbackUrl")).toBe(told.receiver.url);
    expect(await told.total("events")).toBe(0);
  });
});

describe("a notice made by hand", () => {
  it("has any topic, resource, user and application, whatever is ticked (2, 7.3)", async () => {
    const { api, receiver } = await start();
    await api.control("/notifications/send", {
      topic: "post_purchase",
      resource: "post-purchase/v1/claims/5100000001",
      userId: "700000001",
      actions: ["claims"],
      applicationId: "9223372036854775807",
      stringUserId: true,
      attempts: 3,
      received: "2026-10-08T13:51:05.438Z",
    });
    await expect.poll(() => receiver.received.length).toBe(1);
    expect(receiver.received[0]?.text).toContain('"application_id":9223372036854775807');
    expect(receiver.received[0]?.body).toMatchObject({
      resource: "post-purchase/v1/claims/5100000001",
      user_id: "700000001",
      actions: ["claims"],
      attempts: 3,
      received: "2026-10-08T13:51:05.438Z",
    });
  });

  it("may be merged with anything, or be no JSON at all", async () => {
    const { api, receiver } = await start();
    const base = { topic: "messages", resource: "x", userId: "1" };
    const extra = { recieved: "2026-10-08T13:51:05.438Z", application_id: "7" };
    await api.control("/notifications/send", { ...base, extra, idKey: "none" });
    await api.control("/notifications/send", { ...base, raw: "{not json" });
    await expect.poll(() => receiver.received.length).toBe(2);
    const texts = receiver.received.map((got) => got.text).toSorted();
    expect(texts[1]).toBe("{not json");
    expect(JSON.parse(texts[0] ?? "")).toMatchObject(extra);
  });

  it("goes out as many times as asked, with one id or many, at the pace asked", async () => {
    const { api, receiver } = await start();
    const base = { topic: "questions", resource: "/questions/13000000001", userId: "700000001" };
    const { body } = await api.control("/notifications/send", { ...base, times: 20, sameId: true });
    expect(listAt(body, "ids")).toHaveLength(20);
    await expect.poll(() => receiver.received.length).toBe(20);
    expect(new Set(receiver.received.map((got) => at(got.body, "_id"))).size).toBe(1);
    const startedAt = performance.now();
    await api.control("/notifications/send", { ...base, times: 4, gapMs: 40 });
    await expect.poll(() => receiver.received.length).toBe(24);
    expect(performance.now() - startedAt).toBeGreaterThan(115);
    expect(new Set(receiver.received.map((got) => at(got.body, "_id"))).size).toBe(5);
  });

  it("is refused once, or follows the ordinary rules to the missed feeds (5)", async () => {
    const { api, outcomes, change, missed } = await start({ answer: () => ({ status: 403 }) });
    await change({ retryOffsetsMs: [0, 1, 2] });
    const item = { topic: "items", resource: "/items/MLB1000000001", userId: "700000001" };
    await api.control("/notifications/send", item);
    await expect.poll(outcomes).toEqual(["refused"]);
    await api.control("/notifications/send", { ...item, retries: true });
    await expect.poll(outcomes).toEqual(["refused", "missed"]);
    const count = async (query: string) => listAt((await missed(query)).body, "messages").length;
    expect(await count("&topic=items&site_id=MLB")).toBe(1);
    expect(await count("&topic=items&site_id=MLA")).toBe(0);
    expect(await count("")).toBe(1);
  });
});
