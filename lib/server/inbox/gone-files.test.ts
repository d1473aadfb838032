import { beforeEach, expect, it } from "vitest";
import { createGoneFiles, type GoneFiles } from "./gone-files";

let now: number;
let gone: GoneFiles;

beforeEach(() => {
  now = 1_000_000;
  gone = createGoneFiles(() => now);
});

it("asks for what it knows nothing of", () => {
  expect(gone.waitsUntil("a/1", false)).toBeNull();
});

it("asks for a lost file after minutes, for a person who wants it after seconds", () => {
  gone.note("a/1");
  expect(gone.waitsUntil("a/1", false)).not.toBeNull();
  expect(gone.waitsUntil("a/1", true)).not.toBeNull();
  now += 6_000;
  expect(gone.waitsUntil("a/1", false)).not.toBeNull();
  expect(gone.waitsUntil("a/1", true)).toBeNull();
  now += 5 * 60_000;
  expect(gone.waitsUntil("a/1", false)).toBeNull();
});

it("remembers each account's file apart, and none that came back", () => {
  gone.note("a/1");
  expect(gone.waitsUntil("b/1", false)).toBeNull();
  gone.forget("a/1");
  expect(gone.waitsUntil("a/1", false)).toBeNull();
});

it("forgets the oldest rather than grow without end", () => {
  for (let index = 0; index <= 5_000; index += 1) gone.note(`a/${index}`);
  expect(gone.waitsUntil("a/0", false)).toBeNull();
  expect(gone.waitsUntil("a/1", false)).not.toBeNull();
  expect(gone.waitsUntil("a/5000", false)).not.toBeNull();
});
