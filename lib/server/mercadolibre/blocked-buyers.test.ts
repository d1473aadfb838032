import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf, type Sent } from "@/lib/server/mercadolibre/testing/edge";
import {
  BUYER,
  notRows,
  policyAgent,
  refusal,
  SELLER,
} from "@/lib/server/mercadolibre/testing/wire-questions";
import { blockBuyer, listBlockedBuyers, unblockBuyer } from "./blocked-buyers";

const NEWER = `/block-api/search/users/${SELLER}`;
const OLDER = `/users/${SELLER}/questions_blacklist`;
const whose = { sellerId: SELLER };
const pathsOf = (sent: readonly Sent[]) => sent.map(({ url }) => url.pathname);
const blockedAt = "2026-02-07T15:04:05Z";
const users = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: first + index, blocked_at: blockedAt }));

describe("a buyer", () => {
  it.each(["LOCAL", "GLOBAL"] as const)(
    "is blocked in %s by an integer, whatever its size",
    async (profile) => {
      const { meli, sent, taken } = client([{ status: 201, body: { user_id: 1 } }], { profile });
      await blockBuyer(meli, { ...whose, buyerId: "9007199254740993" });
      expect(sent).toMatchObject([{ method: "POST", text: '{"user_id":9007199254740993}' }]);
      expect(pathsOf(sent)).toEqual([OLDER]);
      expect(taken).toMatchObject([{ family: "questions", kind: "write" }]);
    },
  );

  it.each([200, 204])("is unblocked with a %i", async (status) => {
    const { meli, sent } = client([{ status }]);
    await unblockBuyer(meli, { ...whose, buyerId: BUYER });
    expect(sent).toMatchObject([{ method: "DELETE", text: "" }]);
    expect(pathsOf(sent)).toEqual([`${OLDER}/${BUYER}`]);
  });

  it("is not sent when it is none", async () => {
    const { meli, sent } = client([{ status: 200 }]);
    for (const work of [blockBuyer, unblockBuyer]) {
      expect(await errorOf(work(meli, { ...whose, buyerId: "1/2" }))).toMatchObject({
        code: "invalid_input",
      });
    }
    expect(sent).toEqual([]);
  });
});

describe("the list of blocked buyers", () => {
  it("is read from the newer list with the moment of each", async () => {
    const { meli, sent } = client([
      { body: { users: users(700000099, 1), paging: { offset: 0, limit: 10, total: 1 } } },
    ]);
    expect(await listBlockedBuyers(meli, whose)).toEqual({
      buyers: [{ id: BUYER, blockedAt: new Date(blockedAt) }],
      isComplete: true,
    });
    expect(pathsOf(sent)).toEqual([NEWER]);
    expect(Object.fromEntries(sent[0]?.url.searchParams ?? [])).toEqual({
      type: "blocked_by_questions",
      limit: "50",
      offset: "0",
    });
  });

  it("is read page after page, whatever their size, each buyer once", async () => {
    const { meli, sent } = client(({ url }) => {
      const offset = Number(url.searchParams.get("offset"));
      // Each page begins with the last buyer of the one before.
      const page = users(Math.max(1, offset), Math.min(11, 25 - offset));
      return { body: { users: page, paging: { offset, total: 25 } } };
    });
    const { buyers, isComplete } = await listBlockedBuyers(meli, whose);
    expect(buyers.map(({ id }) => Number(id))).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
    expect(isComplete).toBe(true);
    expect(sent.map(({ url }) => url.searchParams.get("offset"))).toEqual(["0", "11", "22"]);
  });

  it.each([refusal(404, "not_found"), refusal(403, "forbidden")])(
    "is read from the older list where the newer is refused with %j",
    async (refused) => {
      const { meli, sent } = client(({ url }) =>
        url.pathname === NEWER ? refused : { body: { users: [{ id: 1 }, 2, { id: "3" }] } },
      );
      expect(await listBlockedBuyers(meli, whose)).toEqual({
        buyers: ["1", "2", "3"].map((id) => ({ id, blockedAt: null })),
        isComplete: true,
      });
      expect(pathsOf(sent)).toEqual([NEWER, OLDER]);
    },
  );

  it("is an error when neither list may be read", async () => {
    const { meli, sent } = client([policyAgent]);
    expect((await failureOf(listBlockedBuyers(meli, whose))).code).toBe("not_available");
    expect(sent).toHaveLength(2);
  });

  it("is an error in trouble, which is no reason to ask for the older list", async () => {
    const { meli, sent } = client([refusal(400, "bad_request")]);
    await failureOf(listBlockedBuyers(meli, whose));
    expect(pathsOf(sent)).toEqual([NEWER]);
  });

  it("is an error when a later page is refused: half a list would be taken for the whole", async () => {
    const { meli, sent } = client([
      { body: { users: users(1, 50), paging: { total: 60 } } },
      refusal(404, "not_found"),
    ]);
    await failureOf(listBlockedBuyers(meli, whose));
    expect(pathsOf(sent)).toEqual([NEWER, NEWER]);
  });

  it.each([NEWER, OLDER])("is not complete when a row of %s made no sense", async (path) => {
    const { meli, lines } = client(({ url }) =>
      url.pathname === path
        ? { body: { users: [{ id: 1 }, null, "secreto", {}], paging: { total: 4 } } }
        : refusal(404, "not_found"),
    );
    expect(await listBlockedBuyers(meli, whose)).toEqual({
      buyers: [{ id: "1", blockedAt: null }],
      isComplete: false,
    });
    expect(lines.join("\n")).toContain('"droppedBuyers":3');
    expect(lines.join("\n")).not.toContain("secreto");
  });

  it("is not complete when the pages end before the total does", async () => {
    const { meli } = client([
      { body: { users: users(1, 2), paging: { total: 9 } } },
      { body: { users: [], paging: { total: 9 } } },
    ]);
    expect(await listBlockedBuyers(meli, whose)).toMatchObject({ isComplete: false });
  });

  it("ends after fifty pages of a list that goes on", async () => {
    const { meli, sent } = client((_, n) => ({
      body: { users: users(n * 50, 50), paging: { total: 9_999 } },
    }));
    const { buyers, isComplete } = await listBlockedBuyers(meli, whose);
    expect([buyers.length, isComplete, sent.length]).toEqual([2_500, false, 50]);
  });

  it("goes on after a full page that names no total, and ends at one that is not full", async () => {
    const { meli, sent } = client([{ body: { users: users(1, 50) } }, { body: { users: users(51, 1) } }]);
    expect(await listBlockedBuyers(meli, whose)).toMatchObject({ isComplete: true });
    expect(sent).toHaveLength(2);
  });

  it.each([notRows, { results: [] }, "hola"])("is not taken from %j", async (body) => {
    const { meli } = client([{ body }]);
    expect((await failureOf(listBlockedBuyers(meli, whose))).code).toBe("meli_unreadable");
  });
});
