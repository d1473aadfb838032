import { expect, it } from "vitest";
import { isSilent } from "./silence";

const now = new Date("2026-10-08T12:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

it.each([
  ["three things since a notice of an hour ago", [50, 40, 3], 60, true],
  ["three things and never a notice", [50, 40, 3], null, true],
  ["two things", [50, 40], 60, false],
  ["things from before the last notice", [90, 80, 70, 3], 60, false],
  ["a notice of just now", [50, 40, 30, 3], 14, false],
  ["nothing", [], null, false],
])("hears silence in %s: %#", (_what, found, last, silent) => {
  const lastNoticeAt = last === null ? null : ago(last);
  expect(isSilent({ foundAt: found.map(ago), lastNoticeAt, now })).toBe(silent);
});
