import { afterEach, describe, expect, it } from "vitest";
import { startTold } from "@/sandbox/notifications/testing";
import { at, textAt } from "@/sandbox/testing";

const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(siteId = "MLA") {
  const told = await startTold({ siteId });
  open.push(told.receiver);
  const opened = await told.api.control("/claims", { packId: told.pack, claim: { openedHoursAgo: 0 } });
  const id = textAt(opened.body, "id");
  const base = siteId === "CBT" ? "/marketplace/v2/claims" : "/post-purchase/v1/claims";
  const about = async () => {
    await told.flush();
    return told.receiver.received
      .map(({ body }) => body)
      .filter((body) => textAt(body, "resource").includes(id));
  };
  const forget = async () => {
    await told.flush();
    told.receiver.received.length = 0;
  };
  const send = (text: string) =>
    told.api.post(`${base}/${id}/actions/send-message`, told.access, {
      receiver_role: "complainant",
      message: text,
    });
  return {
    ...told,
    id,
    base,
    about,
    forget,
    send,
    play: (tail: string, body = {}) => told.api.control(`/claims/${id}${tail}`, body),
  };
}

describe("notices of claims (claims.md 9, 13)", () => {
  it("tell an opened claim as news and as an action, with `id` and the path of one country", async () => {
    const c = await start();
    const bodies = await c.about();
    expect(bodies.map((body) => at(body, "actions", 0)).toSorted()).toEqual(["claims", "claims_actions"]);
    expect(bodies[0]).toMatchObject({
      id: expect.any(String),
      resource: `/post-purchase/v1/claims/${c.id}`,
      user_id: Number(c.seller),
      topic: "post_purchase",
      attempts: 1,
    });
  });

  it.each([
    ["the seller's message", (c: Awaited<ReturnType<typeof start>>) => c.send("Hola")],
    [
      "the buyer's message",
      (c: Awaited<ReturnType<typeof start>>) => c.play("/buyer/message", { text: "Hola" }),
    ],
    ["a mediation", (c: Awaited<ReturnType<typeof start>>) => c.play("/buyer/dispute")],
    ["an end", (c: Awaited<ReturnType<typeof start>>) => c.play("/buyer/close")],
  ])("tell %s as both", async (_, act) => {
    const c = await start();
    await c.forget();
    await act(c);
    const actions = (await c.about()).map((body) => at(body, "actions", 0));
    expect(new Set(actions)).toEqual(new Set(["claims", "claims_actions"]));
  });

  it("tell a missed deadline when it passes, with nobody looking", async () => {
    const c = await start();
    await c.forget();
    await c.api.control("/clock", { advanceMs: 6 * 86_400_000 });
    await c.api.connect(c.seller);
    expect((await c.about()).map((body) => at(body, "actions", 0))).toContain("claims");
  });

  it("tell a moved return as news alone", async () => {
    const c = await start();
    await c.forget();
    await c.play("/return", { status: "shipped" });
    expect((await c.about()).map((body) => at(body, "actions"))).toEqual([["claims"]]);
  });

  it("have the v1 path, no actions and the user as text in Global Selling", async () => {
    const c = await start("CBT");
    const [body] = await c.about();
    expect(body).toMatchObject({
      resource: `/marketplace/claims/${c.id}`,
      topic: "marketplace_claims",
      user_id: c.localSeller,
    });
    expect(body).not.toHaveProperty("actions");
    await c.forget();
    await c.change({ claimGlobalNotice: "v2", claimGlobalUserIdText: false });
    await c.play("/buyer/message", { text: "Hola" });
    expect((await c.about())[0]).toMatchObject({
      resource: `/marketplace/v2/claims/${c.id}`,
      user_id: Number(c.localSeller),
    });
  });

  it("may lack the leading slash, or be of the legacy topic", async () => {
    const c = await start();
    const resource = async (settings: Record<string, unknown>) => {
      await c.forget();
      await c.change(settings);
      await c.play("/buyer/message", { text: "Hola" });
      const [body] = await c.about();
      return [textAt(body, "topic"), textAt(body, "resource")];
    };
    expect(await resource({ claimNoticeSlash: false })).toEqual([
      "post_purchase",
      `post-purchase/v1/claims/${c.id}`,
    ]);
    expect(await resource({ claimTopic: "claims" })).toEqual(["claims", `/claims/${c.id}`]);
    expect(await resource({ claimTopic: "claims_v1" })).toEqual(["claims", `/v1/claims/${c.id}`]);
  });
});
