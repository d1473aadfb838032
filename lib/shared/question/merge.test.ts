import fc from "fast-check";
import { expect, it } from "vitest";
import type { Chain, QuestionState } from "@/lib/shared/api/question";
import { mergedChain } from "./merge";

const at = (minute: number) => new Date(Date.UTC(2026, 9, 8, 12, minute));
const state = (id: string, more: Partial<QuestionState> = {}): QuestionState => ({
  id,
  status: "UNANSWERED",
  createdAt: at(Number(id) % 60),
  isOnHold: false,
  isSuspectedSpam: false,
  isDeletedFromListing: false,
  answer: null,
  ...more,
});
const answered = (id: string) =>
  state(id, { status: "ANSWERED", answer: { status: "ACTIVE", createdAt: at(59) } });
const chain = (...questions: QuestionState[]): Chain => ({
  itemId: "MLA1",
  buyerId: "7",
  contact: null,
  questions,
});

it("keeps every question, in the order in which they were asked, whatever is read in which order", () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 59 }).map(String), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(ids, fc.infiniteStream(fc.nat(2)), (all, parts) => {
      const pieces: string[][] = [[], [], []];
      for (const id of all) pieces[parts.next().value ?? 0]?.push(id);
      const merged = pieces.reduce<Chain | null>(
        (held, piece) => mergedChain(held, chain(...piece.map((id) => state(id)))),
        null,
      );
      const sorted = all.toSorted((a, b) => Number(a) - Number(b));
      expect(merged?.questions.map(({ id }) => id)).toEqual(sorted);
    }),
  );
});

it("takes the later sighting, and no answer away once it was seen", () => {
  expect(mergedChain(chain(state("1")), chain(answered("1"))).questions).toEqual([answered("1")]);
  expect(mergedChain(chain(answered("1")), chain(state("1"))).questions).toEqual([answered("1")]);
  const deleted = state("1", { status: "DELETED" });
  expect(mergedChain(chain(state("1")), chain(deleted)).questions).toEqual([deleted]);
  expect(mergedChain(chain(deleted), chain(state("1"))).questions).toEqual([state("1")]);
  const banned = { ...answered("1"), answer: { status: "BANNED", createdAt: at(59) } };
  expect(mergedChain(chain(answered("1")), chain(banned)).questions).toEqual([banned]);
});

it("remembers who asks and how they are reached, once it was told", () => {
  const contact = { name: "Ana", email: null, phone: "11 5555" };
  const merged = mergedChain({ ...chain(state("1")), contact }, { ...chain(state("2")), buyerId: null });
  expect(merged).toMatchObject({ buyerId: "7", contact });
});

it("tells numbers of one instant apart by their size", () => {
  const [a, b] = [state("999", { createdAt: at(1) }), state("1000", { createdAt: at(1) })];
  expect(mergedChain(null, chain(b, a)).questions.map(({ id }) => id)).toEqual(["999", "1000"]);
});
