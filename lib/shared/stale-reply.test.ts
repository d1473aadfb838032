import { describe, expect, it } from "vitest";
import { unseenOf } from "./stale-reply";

const at = (second: number) => new Date(Date.UTC(2026, 10, 1, 10, 0, second));
const said = (...ids: string[]) => ids.map((id, index) => ({ id, createdAt: at(index) }));
const none = new Map<string, string>();

describe("what the sender had not seen", () => {
  it("is nothing where all of it was on the screen", () => {
    expect(unseenOf(said("a", "b"), { messages: ["a", "b"], replies: [] }, none)).toEqual([]);
    expect(unseenOf([], { messages: [], replies: [] }, none)).toEqual([]);
  });

  it("is what came since, oldest first, whoever wrote it", () => {
    expect(unseenOf(said("a", "b", "c"), { messages: ["a"], replies: [] }, none)).toEqual(["b", "c"]);
  });

  it("leaves out what is older than the screen showed", () => {
    expect(unseenOf(said("old", "a", "b"), { messages: ["a", "b"], replies: [] }, none)).toEqual([]);
  });

  it("counts what came in the very second of the oldest that was seen", () => {
    const messages = [
      { id: "a", createdAt: at(1) },
      { id: "b", createdAt: at(1) },
    ];
    expect(unseenOf(messages, { messages: ["a"], replies: [] }, none)).toEqual(["b"]);
  });

  it("is everything for who saw nothing", () => {
    expect(unseenOf(said("a", "b"), { messages: [], replies: [] }, none)).toEqual(["a", "b"]);
    expect(unseenOf(said("a", "b"), { messages: ["elsewhere"], replies: [] }, none)).toEqual(["a", "b"]);
  });

  it("leaves out what a reply on the screen has become, and nothing that another one has", () => {
    const became = new Map([
      ["mine", "b"],
      ["theirs", "c"],
    ]);
    expect(unseenOf(said("a", "b", "c"), { messages: ["a"], replies: ["mine"] }, became)).toEqual(["c"]);
  });

  it("does not reach further back because an own reply is old", () => {
    const became = new Map([["mine", "old"]]);
    expect(unseenOf(said("old", "older", "a"), { messages: ["a"], replies: ["mine"] }, became)).toEqual([]);
  });

  it("tells the newest fifty of a thread that moved by more", () => {
    const many = said(...Array.from({ length: 60 }, (_, index) => `m${index}`));
    const unseen = unseenOf(many, { messages: ["m0"], replies: [] }, none);
    expect([unseen.length, unseen[0], unseen.at(-1)]).toEqual([50, "m10", "m59"]);
  });
});
