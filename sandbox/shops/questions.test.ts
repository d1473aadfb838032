import { describe, expect, it } from "vitest";
import type { Question } from "@/sandbox/questions/model";
import { settleQuestion } from "@/sandbox/questions/time";
import { buildShops } from "@/sandbox/shops/build-shops";
import { stageQuestions } from "@/sandbox/shops/question-script";
import { World } from "@/sandbox/world/world";

const NOW = new Date("2026-11-20T15:00:00Z");
const built = (now = NOW) => {
  const world = new World(() => now);
  buildShops(world);
  return world;
};
const world = built();

describe.each([
  ["CASA NORTE", 16],
  ["LOJA BOA VISTA", 12],
  ["PACIFIC GOODS", 12],
])("the questions of %s", (nickname, least) => {
  const seller = [...world.sellers.values()].find((one) => one.nickname === nickname);
  const questions = world.questionsOf.get(seller?.id ?? "") ?? [];
  const chains = new Map<string, Question[]>();
  for (const one of questions) {
    const key = `${one.item.id}:${one.buyer.id}`;
    chains.set(key, [...(chains.get(key) ?? []), one]);
  }
  const minutesAgo = ({ createdAt }: Question) => (NOW.getTime() - createdAt.getTime()) / 60_000;

  it("are chains enough, none of them purged", () => {
    expect(chains.size).toBeGreaterThanOrEqual(least);
    expect([...questions].every((question) => settleQuestion(world, question))).toBe(true);
  });

  it.each<[string, (question: Question) => boolean]>([
    ["one unanswered for minutes", (one) => one.status === "UNANSWERED" && minutesAgo(one) < 15],
    ["one unanswered for more than a week", (one) => one.status === "UNANSWERED" && minutesAgo(one) > 10_080],
    ["an answered one", (one) => one.answer?.status === "ACTIVE"],
    ["a banned question", (one) => one.status === "BANNED"],
    ["a banned answer", (one) => one.answer?.status === "BANNED"],
    ["one on hold", (one) => one.isOnHold && one.status === "UNANSWERED"],
    ["suspected spam", (one) => one.isSuspectedSpam === true],
    ["one about a paused listing", (one) => one.item.status === "paused" && one.status === "UNANSWERED"],
    ["an emoji", (one) => /\p{Extended_Pictographic}/u.test(one.text)],
  ])("have %s", (_, is) => {
    expect(questions.some(is)).toBe(true);
  });

  it("have chains of two waiting, and of one waiting after answers", () => {
    const waiting = [...chains.values()].map((chain) => chain.filter((one) => one.status === "UNANSWERED"));
    expect(waiting.some((chain) => chain.length === 2)).toBe(true);
    const goesOn = (chain: Question[]) =>
      chain.some((one) => one.answer) && chain.at(-1)?.status === "UNANSWERED";
    expect([...chains.values()].some(goesOn)).toBe(true);
  });

  it("are answered after they were asked, and before the next one", () => {
    for (const chain of chains.values()) {
      const times = chain.flatMap(({ createdAt, answer }) => [
        createdAt,
        ...(answer ? [answer.createdAt] : []),
      ]);
      expect(times).toEqual(times.toSorted((a, b) => a.getTime() - b.getTime()));
    }
  });

  it("have an infraction for each ban", () => {
    const banned = questions.filter((one) => one.status === "BANNED" || one.answer?.status === "BANNED");
    const told = new Set([...world.infractions.values()].map(({ elementId }) => elementId));
    expect(banned.length).toBeGreaterThanOrEqual(2);
    expect(banned.every(({ id }) => told.has(id))).toBe(true);
  });
});

describe("the questions of the shops", () => {
  it("have the same ids and words on every start", () => {
    const other = built(new Date("2027-02-03T08:30:00Z"));
    const lines = (one: World) =>
      [...one.questions.values()].map(({ id, text, item }) => [id, item.id, text]);
    expect(lines(other)).toEqual(lines(world));
  });

  it("are translated in Global Selling alone", () => {
    const translated = [...world.questions.values()].filter(({ textTranslated }) => textTranslated !== null);
    expect(translated.length).toBeGreaterThan(10);
    expect(translated.every(({ sellerId, localSellerId }) => sellerId !== localSellerId)).toBe(true);
  });

  it("are written down in lines that say when, and answers that follow a question", () => {
    const script = { who: "Ana", about: "x" };
    expect(() => stageQuestions({ ...script, says: ["q hoy"] })).toThrow("not a line");
    expect(() => stageQuestions({ ...script, says: ["a@1h Sí"] })).toThrow("to nothing");
    expect(
      stageQuestions({ ...script, says: ["q{hold}@2h ¿Hay? || Any?", "a{banned=LINKS}@1h Sí"] }),
    ).toEqual([
      {
        text: "¿Hay?",
        translated: "Any?",
        // a little later than the two hours that are written, and the answer after it
        askedMinutesAgo: 120 - 5,
        hold: true,
        bannedFor: "LINKS",
        answer: { text: "Sí", minutesAgo: 60 - 29, status: "BANNED" },
      },
    ]);
  });
});
