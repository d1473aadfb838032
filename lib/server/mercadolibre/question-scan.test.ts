import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { client, errorOf, type Reply, type Sent } from "@/lib/server/mercadolibre/testing/edge";
import {
  notRows,
  questionPage,
  questionsFrom,
  refusal,
  SELLER,
} from "@/lib/server/mercadolibre/testing/wire-questions";
import type { Meli } from "./http";
import { scanQuestions } from "./questions";

async function scanned(meli: Meli, status?: string) {
  const scan = scanQuestions(meli, { sellerId: SELLER, status });
  const pages: string[][] = [];
  for (;;) {
    const step = await scan.next();
    if (step.done === true) return { pages, ids: pages.flat(), ...step.value };
    pages.push(step.value.map(({ id }) => id));
  }
}

const scrollOf = ({ url }: Sent) => url.searchParams.get("scroll_id");
const idsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => String(first + index));

/** A shop of `total` questions whose scan ids name where the next page begins; the `expires`th call finds its id expired. */
const shop =
  (total: number, expires: readonly number[] = [], status = 400) =>
  (sent: Sent, n: number): Reply => {
    const scroll = scrollOf(sent);
    if (scroll !== null && expires.includes(n)) return refusal(status, "invalid_scroll_id");
    const from = scroll === null ? 0 : Number(scroll.slice(1));
    const rows = questionsFrom(from + 1, Math.min(50, total - from));
    const isLast = from + 50 >= total;
    return { body: questionPage(rows, { total, scroll_id: isLast ? null : `s${from + 50}` }) };
  };

describe("a scan of questions in LOCAL", () => {
  it("names no offset, follows the scroll id until it is null, and gives every question", async () => {
    const { meli, sent } = client(shop(1_203));
    const { ids, pages, isComplete } = await scanned(meli, "answered");
    expect(ids).toEqual(idsFrom(1, 1_203));
    expect(pages.map((page) => page.length)).toEqual([...Array.from({ length: 24 }, () => 50), 3]);
    expect(isComplete).toBe(true);
    expect(sent.map(scrollOf)).toEqual([null, ...Array.from({ length: 24 }, (_, n) => `s${50 * (n + 1)}`)]);
    expect(sent[0]?.url.pathname).toBe("/questions/search");
    expect(Object.fromEntries(sent[1]?.url.searchParams ?? [])).toEqual({
      seller_id: SELLER,
      status: "ANSWERED",
      search_type: "scan",
      scroll_id: "s50",
      limit: "50",
      api_version: "4",
    });
  });

  it("ends at an empty page, though its scroll id goes on", async () => {
    const { meli, sent } = client([
      { body: questionPage(questionsFrom(1, 2), { scroll_id: "s" }) },
      { body: questionPage([], { scroll_id: "s" }) },
    ]);
    expect(await scanned(meli)).toMatchObject({ ids: ["1", "2"], isComplete: true });
    expect(sent).toHaveLength(2);
  });

  it.each([400, 404, 410])(
    "begins again once when its id has expired with a %i, and gives no question twice",
    async (status) => {
      const { meli, sent } = client(shop(170, [3], status));
      const { ids, isComplete } = await scanned(meli);
      expect(ids).toEqual(idsFrom(1, 170));
      expect(isComplete).toBe(true);
      expect(sent.map(scrollOf)).toEqual([null, "s50", "s100", null, "s50", "s100", "s150"]);
    },
  );

  it("says that it is not complete when its id expires a second time", async () => {
    const { meli, sent } = client(shop(170, [3, 5]));
    expect(await scanned(meli)).toMatchObject({ ids: idsFrom(1, 100), isComplete: false });
    expect(sent).toHaveLength(5);
  });

  it("is an error when it is refused from the start, or in a way that no expiry is", async () => {
    const refused = client([refusal(400, "bad_request")]);
    expect(await errorOf(scanned(refused.meli))).toMatchObject({ failure: { status: 400 } });
    expect(refused.sent).toHaveLength(1);
    const forbidden = client((sent) =>
      scrollOf(sent) === null
        ? { body: questionPage(questionsFrom(1, 1), { scroll_id: "s" }) }
        : refusal(403, "forbidden"),
    );
    expect(await errorOf(scanned(forbidden.meli))).toMatchObject({ failure: { status: 403 } });
  });

  it("ends when the same page comes again and again, and is not complete", async () => {
    const { meli, sent } = client([{ body: questionPage(questionsFrom(1, 3), { scroll_id: "s" }) }]);
    expect(await scanned(meli)).toMatchObject({ ids: ["1", "2", "3"], isComplete: false });
    expect(sent).toHaveLength(2);
  });

  it("is not complete when a question made no sense, which sinks no page", async () => {
    const { meli } = client([
      { body: questionPage([...questionsFrom(1, 1), ...notRows], { scroll_id: "s" }) },
      { body: questionPage(questionsFrom(2, 1), { scroll_id: null }) },
    ]);
    expect(await scanned(meli)).toMatchObject({ ids: ["1", "2"], isComplete: false });
  });

  it("gives every question exactly once, wherever its id expires", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 320 }), fc.integer({ min: 1, max: 9 }), async (total, at) => {
        const { ids, isComplete } = await scanned(client(shop(total, [at])).meli);
        expect(ids).toEqual(idsFrom(1, total));
        expect(isComplete).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a scan of questions in GLOBAL", () => {
  const pagesOf =
    (total: number) =>
    ({ url }: Sent): Reply => {
      const offset = Number(url.searchParams.get("offset"));
      if (offset > 1_000) return refusal(400, "bad_request", "offset");
      return { body: questionPage(questionsFrom(offset + 1, Math.min(50, total - offset)), { total }) };
    };

  it("goes by offsets and is complete when they reach the end", async () => {
    const { meli, sent } = client(pagesOf(120), { profile: "GLOBAL" });
    expect(await scanned(meli)).toMatchObject({ ids: idsFrom(1, 120), isComplete: true });
    expect(sent.map(({ url }) => url.searchParams.get("offset"))).toEqual(["0", "50", "100"]);
    expect(sent[0]?.url.pathname).toBe("/marketplace/questions/search");
    expect(sent[0]?.url.searchParams.has("search_type")).toBe(false);
  });

  it("ends where offsets end, and says that it is not complete", async () => {
    const { meli, sent } = client(pagesOf(2_000), { profile: "GLOBAL" });
    const { ids, isComplete } = await scanned(meli);
    expect(ids).toEqual(idsFrom(1, 1_050));
    expect(isComplete).toBe(false);
    expect(sent.at(-1)?.url.searchParams.get("offset")).toBe("1000");
  });

  it("gives a question once that a newer one pushed to the next page", async () => {
    const { meli } = client(
      [
        { body: questionPage(questionsFrom(1, 50), { total: 51 }) },
        { body: questionPage(questionsFrom(50, 2), { total: 52 }) },
      ],
      { profile: "GLOBAL" },
    );
    expect(await scanned(meli)).toMatchObject({ ids: idsFrom(1, 51), isComplete: true });
  });

  it("is not complete when the pages end before the total does, or one made no sense", async () => {
    const early = client(
      [
        { body: questionPage(questionsFrom(1, 50), { total: 80 }) },
        { body: questionPage([], { total: 80 }) },
      ],
      { profile: "GLOBAL" },
    );
    expect((await scanned(early.meli)).isComplete).toBe(false);
    const odd = client([{ body: questionPage([...questionsFrom(1, 1), ...notRows]) }], { profile: "GLOBAL" });
    expect(await scanned(odd.meli)).toMatchObject({ ids: ["1"], isComplete: false });
    expect(odd.sent).toHaveLength(1);
  });
});
