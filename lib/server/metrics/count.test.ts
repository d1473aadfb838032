import { beforeEach, expect, it } from "vitest";
import { count, giveBack, labelText, takeCounts } from "./count";

beforeEach(() => void takeCounts());

it("adds up each series, and gives them in one order", () => {
  count("b", { x: "2" });
  count("a");
  count("b", { x: "1" }, 5);
  count("b", { x: "2" }, 0.5);
  expect(takeCounts()).toEqual([
    { name: "a", labels: "", by: 1 },
    { name: "b", labels: 'x="1"', by: 5 },
    { name: "b", labels: 'x="2"', by: 1.5 },
  ]);
  expect(takeCounts()).toEqual([]);
});

it("keeps what is given back beside what was counted meanwhile", () => {
  count("a");
  const taken = takeCounts();
  count("a", {}, 2);
  giveBack(taken);
  expect(takeCounts()).toEqual([{ name: "a", labels: "", by: 3 }]);
});

it("writes labels as Prometheus reads them", () => {
  expect(labelText({ b: 'say "no"\n', a: "c:\\x" })).toBe('a="c:\\\\x",b="say \\"no\\"\\n"');
});
