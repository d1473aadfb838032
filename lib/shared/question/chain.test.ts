import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { QuestionState } from "@/lib/shared/api/question";
import { DUE_BELOW } from "@/lib/shared/rank";
import {
  addressed,
  answerIdOf,
  chainKeyOf,
  chainRank,
  holdOf,
  movedAt,
  purgedAt,
  questionBriefOf,
  standingOf,
} from "./chain";

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 9, 8, 12);
const at = (minute: number) => new Date(NOON + minute * MINUTE);
const state = (id: number, more: Partial<QuestionState> = {}): QuestionState => ({
  id: String(id),
  status: "UNANSWERED",
  createdAt: at(id),
  isOnHold: false,
  isSuspectedSpam: false,
  isDeletedFromListing: false,
  answer: null,
  ...more,
});
const answered = (id: number, after = 5) =>
  state(id, { status: "ANSWERED", answer: { status: "ACTIVE", createdAt: at(id + after) } });
const held = (id: number) => state(id, { isOnHold: true });
const rank = (questions: QuestionState[], listing: string | null = "active") =>
  chainRank({ questions }, listing);

const OVER = ["ANSWERED", "CLOSED_UNANSWERED", "BANNED", "DELETED", "DISABLED", "SOMETHING_NEW"];
const anyQuestion = fc
  .record({
    status: fc.constantFrom("UNANSWERED", "UNANSWERED", "UNDER_REVIEW", ...OVER),
    isOnHold: fc.boolean(),
    minute: fc.integer({ min: -300_000, max: 300_000 }),
    after: fc.option(fc.integer({ min: 0, max: 10_000 })),
  })
  .map(({ minute, after, ...more }) =>
    state(minute, {
      ...more,
      answer: after === null ? null : { status: "ACTIVE", createdAt: at(minute + after) },
    }),
  );
/** As chains are kept: oldest first, no id twice. */
const anyQuestions = fc
  .uniqueArray(anyQuestion, { minLength: 1, maxLength: 8, selector: ({ id }) => id })
  .map((all) => all.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()));
const anyListing = fc.constantFrom(null, "active", "paused", "closed", "under_review");

const waits = ({ status }: QuestionState) => status === "UNANSWERED";
const canBeAnswered = (questions: QuestionState[], listing: string | null) =>
  questions.find((one) => waits(one) && !one.isOnHold && (listing === null || listing === "active"));

describe("what a chain is called", () => {
  it("is one buyer's on one item; of nobody known, each question's own", () => {
    const question = { id: "13", itemId: "MLA1", buyerId: "9" };
    expect(chainKeyOf(question)).toBe("MLA1:9");
    expect(chainKeyOf({ ...question, id: "14" })).toBe("MLA1:9");
    expect(chainKeyOf({ ...question, buyerId: null })).toBe("MLA1:?13");
    expect(chainKeyOf({ ...question, id: "14", buyerId: null })).toBe("MLA1:?14");
    expect(chainKeyOf({ ...question, buyerId: "13" })).not.toBe(chainKeyOf({ ...question, buyerId: null }));
    expect(answerIdOf("13")).toBe("13-a");
  });
});

describe("the question that a row leads to", () => {
  it("is the oldest that waits, also when it cannot be answered now, else the newest", () => {
    expect(addressed([answered(1), state(2), state(3)])?.id).toBe("2");
    expect(addressed([held(1), state(2)])?.id).toBe("1");
    expect(addressed([answered(1), state(2, { status: "UNDER_REVIEW" })])?.id).toBe("2");
    expect(addressed([answered(1), answered(2)])?.id).toBe("2");
    expect(addressed([])).toBeUndefined();
  });

  it("waits if any question of its chain does, and no older one does", () => {
    fc.assert(
      fc.property(anyQuestions, (questions) => {
        const found = addressed(questions);
        expect(found).toBe(questions.some(waits) ? questions.filter(waits)[0] : questions.at(-1));
      }),
    );
  });
});

describe("why a question cannot be answered now", () => {
  it("is its hold, else where its listing stands, and nothing that is not known", () => {
    expect(holdOf(state(1), "active")).toBeNull();
    expect(holdOf(state(1), null)).toBeNull();
    expect(holdOf(state(1), "paused")).toBe("paused");
    expect(holdOf(held(1), "paused")).toBe("hold");
    expect(holdOf(held(1), null)).toBe("hold");
  });
});

describe("where a chain stands", () => {
  it.each<[string, QuestionState[], string | null, string, string | null]>([
    ["one waits", [state(1)], "active", "open", null],
    ["one waits at a listing that nobody has read", [state(1)], null, "open", null],
    ["one waits after another on hold", [held(1), state(2)], "active", "open", null],
    ["all that waits is on hold", [answered(1), held(2)], "active", "blocked", "hold"],
    ["one waits at a paused listing", [state(1)], "paused", "blocked", "paused"],
    ["one is in moderation", [state(1, { status: "UNDER_REVIEW" })], "active", "blocked", "UNDER_REVIEW"],
    [
      "one waits and one is in moderation",
      [state(1, { status: "UNDER_REVIEW" }), state(2)],
      null,
      "open",
      null,
    ],
    ["all are answered", [answered(1), answered(2)], "active", "closed", "ANSWERED"],
    ["the last was taken away", [answered(1), state(2, { status: "BANNED" })], null, "closed", "BANNED"],
    ["there is none", [], "active", "closed", null],
  ])("when %s", (_name, questions, listing, status, substatus) => {
    expect(standingOf({ questions }, listing)).toEqual({ status, substatus });
  });

  it("is open exactly while something can be answered, and says why when it is not", () => {
    fc.assert(
      fc.property(anyQuestions, anyListing, (questions, listing) => {
        const { status, substatus } = standingOf({ questions }, listing);
        expect(status === "open").toBe(canBeAnswered(questions, listing) !== undefined);
        expect(substatus === null).toBe(status === "open");
        if (questions.some(waits)) expect(status).not.toBe("closed");
      }),
    );
  });
});

describe("what the list shows of a chain", () => {
  it("is where it leads, how many wait, and since when one does that can be answered", () => {
    const questions = [answered(1), held(2), state(3), state(4)];
    const brief = { address: "2", unanswered: 3, waitingSince: at(3), status: "UNANSWERED" };
    expect(questionBriefOf({ questions }, "active")).toEqual(brief);
    expect(questionBriefOf({ questions }, "paused")).toEqual({ ...brief, waitingSince: null });
    expect(questionBriefOf({ questions: [answered(1)] }, "active")).toEqual({
      address: "1",
      unanswered: 0,
      waitingSince: null,
      status: "ANSWERED",
    });
    expect(questionBriefOf({ questions: [] }, null)).toMatchObject({
      address: "",
      unanswered: 0,
      status: "",
    });
  });

  it("agrees with where the chain stands, whatever it holds", () => {
    fc.assert(
      fc.property(anyQuestions, anyListing, (questions, listing) => {
        const brief = questionBriefOf({ questions }, listing);
        expect(brief.waitingSince).toEqual(canBeAnswered(questions, listing)?.createdAt ?? null);
        expect(brief.unanswered).toBe(questions.filter(waits).length);
        expect(brief.unanswered > 0).toBe(brief.status === "UNANSWERED");
        expect(questions.find(({ id }) => id === brief.address)?.status).toBe(brief.status);
      }),
    );
  });
});

describe("the place of a chain in the list", () => {
  it("goes by the oldest question that can be answered, then what waits for others, then what is over", () => {
    const inOrder = [
      rank([state(-600)]),
      rank([answered(-900), state(-60), state(30)]),
      rank([held(-900), state(0)]),
      rank([state(10)], null),
      rank([held(-60)]),
      rank([state(-90)], "paused"),
      rank([answered(40)]),
      rank([state(20, { status: "DELETED" })]),
      rank([answered(-900)]),
    ];
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
    expect(new Set(inOrder).size).toBe(inOrder.length);
    expect(inOrder.map((place) => place < DUE_BELOW)).toEqual([
      ...Array(4).fill(true),
      ...Array(5).fill(false),
    ]);
  });

  it("puts nothing that can be answered behind anything that cannot, and of two the one asked first before the other", () => {
    const tier = (questions: QuestionState[], listing: string | null) =>
      canBeAnswered(questions, listing) === undefined ? (questions.some(waits) ? 1 : 2) : 0;
    fc.assert(
      fc.property(anyQuestions, anyListing, anyQuestions, anyListing, (one, here, other, there) => {
        const tiers = [tier(one, here), tier(other, there)] as const;
        const difference = rank(one, here) - rank(other, there);
        if (tiers[0] !== tiers[1]) expect(Math.sign(difference)).toBe(Math.sign(tiers[0] - tiers[1]));
        else {
          const time = (questions: QuestionState[], listing: string | null) =>
            tiers[0] === 0
              ? (canBeAnswered(questions, listing)?.createdAt.getTime() ?? 0)
              : -movedAt({ questions }).getTime();
          expect(difference).toBe(time(one, here) - time(other, there));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("when a chain moved last", () => {
  it("is when something was asked or answered, whichever came later", () => {
    expect(movedAt({ questions: [answered(1, 50), state(20)] })).toEqual(at(51));
    expect(movedAt({ questions: [answered(1, 5), state(20)] })).toEqual(at(20));
    const undated = state(7, { status: "ANSWERED", answer: { status: "ACTIVE", createdAt: null } });
    expect(movedAt({ questions: [undated] })).toEqual(at(7));
    expect(movedAt({ questions: [] })).toEqual(new Date(0));
  });

  it("is no earlier than any question or answer, and is one of them", () => {
    fc.assert(
      fc.property(anyQuestions, (questions) => {
        const times = questions.flatMap(({ createdAt, answer }) => [
          createdAt.getTime(),
          ...(answer?.createdAt == null ? [] : [answer.createdAt.getTime()]),
        ]);
        const moved = movedAt({ questions }).getTime();
        expect(times).toContain(moved);
        expect(times.every((time) => time <= moved)).toBe(true);
      }),
    );
  });
});

describe("up to when an unanswered question exists", () => {
  const until = (createdAt: string) => purgedAt({ createdAt: new Date(createdAt) }).toISOString();

  it("is seven months of the calendar, to the millisecond", () => {
    expect(until("2026-01-15T10:20:30.456Z")).toBe("2026-08-15T10:20:30.456Z");
    expect(until("2026-08-15T00:00:00.000Z")).toBe("2027-03-15T00:00:00.000Z");
    const createdAt = new Date("2026-05-01T00:00:00Z");
    purgedAt({ createdAt });
    expect(createdAt).toEqual(new Date("2026-05-01T00:00:00Z"));
  });

  it("is never a day short where the seventh month is shorter, and at most three days long", () => {
    expect(until("2026-07-31T12:00:00.000Z")).toBe("2027-03-03T12:00:00.000Z");
    expect(until("2027-07-30T12:00:00.000Z")).toBe("2028-03-01T12:00:00.000Z");
    expect(until("2026-04-30T12:00:00.000Z")).toBe("2026-11-30T12:00:00.000Z");
    expect(until("2026-02-28T12:00:00.000Z")).toBe("2026-09-28T12:00:00.000Z");
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
        (at) => {
          const end = purgedAt({ createdAt: at });
          // The last instant of the calendar's seventh month after it, or the same day of that month.
          const month = at.getUTCMonth() + 7;
          const days = new Date(Date.UTC(at.getUTCFullYear(), month + 1, 0)).getUTCDate();
          const over = Math.max(0, at.getUTCDate() - days);
          expect(over).toBeLessThanOrEqual(3);
          expect(end.getUTCDate()).toBe(over === 0 ? at.getUTCDate() : over);
          expect(end.getTime() - Date.UTC(at.getUTCFullYear(), month, 1)).toBeGreaterThanOrEqual(0);
          expect(end.toISOString().slice(10)).toBe(at.toISOString().slice(10));
        },
      ),
    );
  });

  it("comes later for what was asked later, but for the end of a month by no more than three days", () => {
    const date = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(date, date, (one, other) => {
        const [first, second] = one <= other ? [one, other] : [other, one];
        const [a, b] = [purgedAt({ createdAt: first }), purgedAt({ createdAt: second })];
        expect(b.getTime() - a.getTime()).toBeGreaterThanOrEqual(-3 * 86_400_000);
      }),
    );
  });
});
