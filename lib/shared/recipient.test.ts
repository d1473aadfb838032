import { describe, expect, it } from "vitest";
import { AGENTS, type RecipientInput, resolveRecipient } from "./recipient";

const SELLER = "900100200";
const BUYER = "900500600";
const AGENT = "3037675074";
const at = (day: number) => new Date(Date.UTC(2026, 8, day));
const by = (fromUserId: string, day: number) => ({ fromUserId, at: at(day) });

const thread = (change: Partial<RecipientInput> = {}): RecipientInput => ({
  siteId: "MLB",
  sellerIds: [SELLER],
  messages: [],
  isComplete: true,
  isAgentPath: false,
  buyerId: BUYER,
  ...change,
});

describe("who receives the next message", () => {
  it("is whoever wrote the newest message that is not the seller's, in whatever order they are given", () => {
    const messages = [by(AGENT, 3), by(SELLER, 4), by(BUYER, 1), by(SELLER, 2)];
    for (const given of [messages, messages.toReversed()]) {
      expect(resolveRecipient(thread({ messages: given }))).toMatchObject({
        toUserId: AGENT,
        fallbackUserId: null,
        basis: "last_message",
      });
    }
  });

  it("is the buyer on a thread that was not migrated, and the agent from the message on that it wrote", () => {
    const before = [by(BUYER, 1), by(SELLER, 2)];
    expect(resolveRecipient(thread({ messages: before })).toUserId).toBe(BUYER);
    expect(resolveRecipient(thread({ messages: [...before, by(AGENT, 3)] })).toUserId).toBe(AGENT);
  });

  it("is the site's agent where nobody but the seller has written and the path is an agent's", () => {
    for (const messages of [[], [by(SELLER, 1)]]) {
      expect(resolveRecipient(thread({ messages, isAgentPath: true }))).toMatchObject({
        toUserId: AGENT,
        basis: "agent_path",
      });
    }
  });

  it("is the order's buyer where nobody has written and no path says otherwise, then once the site's agent", () => {
    expect(resolveRecipient(thread())).toEqual({
      toUserId: BUYER,
      fallbackUserId: AGENT,
      basis: "order_buyer",
    });
  });

  it("is the site's agent rather than the newest message of a part of the thread, where the path is an agent's", () => {
    const part = { messages: [by(BUYER, 1)], isComplete: false };
    expect(resolveRecipient(thread({ ...part, isAgentPath: true })).toUserId).toBe(AGENT);
    expect(resolveRecipient(thread(part)).toUserId).toBe(BUYER);
  });

  it("may be an id that no table knows", () => {
    expect(resolveRecipient(thread({ messages: [by("4000000001", 1)] })).toUserId).toBe("4000000001");
  });

  it("is nobody while neither a message, a path nor the order tells", () => {
    expect(resolveRecipient(thread({ buyerId: null })).toUserId).toBeNull();
  });
});

describe("the agents", () => {
  it.each([
    ["MLA", "3037674934"],
    ["MLB", "3037675074"],
    ["MLC", "3020819166"],
    ["MCO", "3037204123"],
    ["MLM", "3037204279"],
    ["MLU", "3037204685"],
  ])("of %s is %s", (siteId, agent) => {
    expect(resolveRecipient(thread({ siteId, isAgentPath: true })).toUserId).toBe(agent);
  });

  it.each(["MPE", "MEC", "MLV", "MCR"])("of %s, which has no row, is the one labelled others", (siteId) => {
    expect(resolveRecipient(thread({ siteId, isAgentPath: true })).toUserId).toBe(AGENTS.MLU);
  });

  it("are those of the configuration, where it names some", () => {
    const agents = { ...AGENTS, MPE: "5000000001" };
    expect(resolveRecipient(thread({ siteId: "MPE", isAgentPath: true, agents })).toUserId).toBe(
      "5000000001",
    );
  });
});
