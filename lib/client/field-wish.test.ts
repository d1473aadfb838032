import { afterEach, expect, it, vi } from "vitest";
import { takeFieldWish, takeMoveOn, wishForField, wishToMoveOn } from "./field-wish";

const ref = (externalId: string) => ({ channel: "questions" as const, externalId, account: null });

afterEach(() => void vi.useRealTimers());

it("gives the field of the wished conversation the focus once, and that of no other", () => {
  wishForField(ref("1"));
  expect([takeFieldWish(ref("2")), takeFieldWish(ref("1")), takeFieldWish(ref("1"))]).toEqual([
    false,
    true,
    false,
  ]);
  wishForField(ref("1"));
  wishForField(null);
  expect(takeFieldWish(ref("1"))).toBe(false);
});

it("moves on once, and not when what was to be sent was held back for long", () => {
  vi.useFakeTimers();
  wishToMoveOn(true);
  expect([takeMoveOn(), takeMoveOn()]).toEqual([true, false]);
  wishToMoveOn(true);
  wishToMoveOn(false);
  expect(takeMoveOn()).toBe(false);
  wishToMoveOn(true);
  vi.advanceTimersByTime(60_000);
  expect(takeMoveOn()).toBe(false);
});
