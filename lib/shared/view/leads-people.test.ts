import { describe, expect, it } from "vitest";
import type { LeadRow, LeadsPage } from "@/lib/shared/api/leads";
import { choicesOf, dialable, questionOf, rowsOf } from "./leads-people";

const row = (id: string, accountId = "1"): LeadRow => ({
  accountId,
  id,
  contactType: "whatsapp",
  status: "active",
  subStatus: null,
  createdAt: null,
  itemId: null,
  title: null,
  thumbnail: null,
  isGuest: true,
  buyer: null,
  questionId: null,
  question: null,
});

const page = (rows: LeadRow[]): LeadsPage => ({
  rows,
  nextCursor: null,
  counts: null,
  items: null,
  hasClassifieds: true,
  sync: { readAt: null, isReading: false, done: 0, total: null, problem: null },
});

describe("a telephone number", () => {
  it.each([
    ["+56 2 2345 6789", "+56223456789"],
    ["(011) 4567-8900", "01145678900"],
    ["56+2+345678", "562345678"],
    ["12", null],
    ["no tengo", null],
    [null, null],
  ])("%j is dialled as %j", (phone, number) => {
    expect(dialable(phone)).toBe(number);
  });
});

describe("the list of leads", () => {
  it("shows a lead once that is on two pages, and two accounts' leads of one id", () => {
    const pages = [page([row("a"), row("b")]), page([row("b"), row("a", "2")])];
    expect(rowsOf({ pages }).map(({ accountId, id }) => accountId + id)).toEqual(["1a", "1b", "2a"]);
  });

  it("offers the types there are, and the chosen one though there is none of it", () => {
    const counts = {
      all: 5,
      types: [
        { type: "question", count: 3 },
        { type: "call", count: 0 },
        { type: "whatsapp", count: 2 },
      ],
    };
    expect(choicesOf(counts, null).map(({ type }) => type)).toEqual([null, "question", "whatsapp"]);
    expect(choicesOf(counts, "call").at(2)).toEqual({ type: "call", count: 0 });
    expect(choicesOf(counts, "credit").at(-1)).toEqual({ type: "credit", count: 0 });
    expect(choicesOf(null, "credit")).toEqual([]);
  });
});

describe("a lead that is a question", () => {
  it("leads to its question, and says whether it waits", () => {
    const held = { ...row("a"), questionId: "13", question: { address: "15", isUnanswered: true } };
    expect(questionOf(held)).toEqual({ id: "15", href: "/inbox/questions/15?account=1", isUnanswered: true });
  });

  it("leads there by its own id while the question was not read", () => {
    expect(questionOf({ ...row("a"), questionId: "13" })).toEqual({
      id: "13",
      href: "/inbox/questions/13?account=1",
      isUnanswered: null,
    });
    expect(questionOf(row("a"))).toBeNull();
    expect(questionOf({ ...row("a"), questionId: "../x" })).toBeNull();
  });
});
