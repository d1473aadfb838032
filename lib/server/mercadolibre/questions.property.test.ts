import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { client } from "@/lib/server/mercadolibre/testing/edge";
import { questionById, searchedQuestion } from "@/lib/server/mercadolibre/testing/wire-questions";
import { blockBuyer, listBlockedBuyers, unblockBuyer } from "./blocked-buyers";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import { readInfractions } from "./infractions";
import { listItemIds, readListings } from "./listings";
import { questionRefusalOf } from "./question-refusal";
import {
  answerQuestion,
  deleteQuestion,
  hideQuestions,
  readQuestion,
  scanQuestions,
  searchQuestions,
} from "./questions";
import { readResponseTime } from "./response-time";

async function scanned(meli: Meli) {
  for await (const page of scanQuestions(meli, { sellerId: "2" })) expect(page.length).toBeGreaterThan(0);
}

const CALLS: Record<string, (meli: Meli) => Promise<unknown>> = {
  searchQuestions: (meli) => searchQuestions(meli, { sellerId: "2", offset: 0 }),
  scanQuestions: scanned,
  readQuestion: (meli) => readQuestion(meli, "1"),
  answerQuestion: (meli) => answerQuestion(meli, { questionId: "1", text: "Sí" }),
  deleteQuestion: (meli) => deleteQuestion(meli, "1"),
  hideQuestions: (meli) => hideQuestions(meli, ["1"]),
  blockBuyer: (meli) => blockBuyer(meli, { sellerId: "2", buyerId: "3" }),
  unblockBuyer: (meli) => unblockBuyer(meli, { sellerId: "2", buyerId: "3" }),
  listBlockedBuyers: (meli) => listBlockedBuyers(meli, { sellerId: "2" }),
  readResponseTime: (meli) => readResponseTime(meli, "2"),
  readInfractions: (meli) => readInfractions(meli, { userId: "2", elementType: "QUE", language: null }),
  readListings: (meli) => readListings(meli, ["MLA1"]),
  listItemIds: (meli) => listItemIds(meli, "2", { offset: 0 }),
};

/** Values in place of any other: null, missing, ids of every type, structures where none is due. */
const odd = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(null, undefined, "", "x", 0, 1, -1, 1.5, true, [], {}, [[]], [null], "7"),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 10n ** 19n }).map(String) },
);
const record = (keys: readonly string[], values: fc.Arbitrary<unknown>) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, values])), { requiredKeys: [] });
const either = (value: fc.Arbitrary<unknown>) => fc.oneof(odd, value);
const rows = (value: fc.Arbitrary<unknown>) => either(fc.array(either(value), { maxLength: 3 }));

const question = record([...Object.keys(questionById), "from", "suspected_spam", "site_id"], odd).map(
  (more) => ({
    ...searchedQuestion,
    ...more,
  }),
);
const page = fc.record(
  {
    total: odd,
    questions: rows(question),
    scroll_id: odd,
    users: rows(record(["id", "blocked_at"], odd)),
    infractions: rows(record(["id", "date_created", "reason", "element_id"], odd)),
    results: rows(odd),
    paging: either(record(["total", "offset", "limit"], odd)),
  },
  { requiredKeys: [] },
);
const time = record(
  ["total", "weekend", "weekdays_working_hours", "weekdays_extra_hours"],
  either(record(["response_time", "sales_percent_increase"], odd)),
);
const item = record(["title", "price", "attributes", "sub_status", "available_quantity"], odd).map(
  (more) => ({
    id: "MLA1",
    ...more,
  }),
);
const bulk = fc.array(either(record(["status_code", "body"], either(item))), { maxLength: 3 });
const refusal = record(["message", "error", "code", "cause", "status"], odd);
const body = fc
  .oneof(page, question, time, item, bulk, refusal, odd)
  .map((value) => (value === undefined ? undefined : JSON.stringify(value)));
const status = fc.constantFrom(200, 200, 200, 200, 201, 204, 302, 400, 401, 403, 404, 409, 410, 429, 500);

describe.each(Object.keys(CALLS))("%s", (name) => {
  it.each(["LOCAL", "GLOBAL"] as const)(
    "ends in %s with a value or a MeliError, whatever the answers hold",
    async (profile) => {
      const call = CALLS[name];
      if (call === undefined) throw new Error("no such call");
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(body, status), { minLength: 1, maxLength: 3 }),
          async (answers) => {
            const script = answers.map(([text, code]) => ({ status: code, body: text }));
            const { meli } = client(script, { profile, lane: "open" });
            try {
              await call(meli);
            } catch (error) {
              if (!(error instanceof MeliError)) throw error;
              expect(error.failure.requestId).toBe("req-1");
              expect(() => questionRefusalOf(error)).not.toThrow();
            }
          },
        ),
        { numRuns: 100 },
      );
    },
  );
});

it("counts every row of a page that it leaves out", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(either(question), { maxLength: 6 }), async (questions) => {
      const { meli } = client([{ body: JSON.stringify({ total: questions.length, questions }) }]);
      const found = await searchQuestions(meli, { sellerId: "2", offset: 0 });
      expect(found.questions.length + found.unreadable).toBe(questions.length);
    }),
  );
});
