import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { BLOCK_RULES } from "@/lib/shared/substatus";
import { MODERATION_REASONS } from "@/lib/shared/view/reasons";
import { Settings } from "@/sandbox/world/settings";

/** docs/messages-rules.md says which test holds each rule of the messages contract: it has to stay true. */

const pathOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

interface Row {
  line: number;
  section: string;
  rule: string;
  file: string;
  title: string;
}

/** The rows of every table: `| section | rule | file | title |`, with `\|` for a bar. */
function rowsOf(text: string): Row[] {
  return text.split("\n").flatMap((line, index): Row[] => {
    if (!line.startsWith("|") || /^\|[\s:|-]+$/.test(line) || /^\|\s*section\s*\|/.test(line)) return [];
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.replaceAll("\\|", "|").trim());
    const [, section = "", rule = "", file = "", title = "", ...rest] = cells;
    if (rest.length !== 1) throw new Error(`line ${index + 1} has not four columns: ${line}`);
    return [{ line: index + 1, section, rule, file: file.replaceAll("`", ""), title }];
  });
}

const sources = new Map<string, string>();
function sourceOf(file: string): string {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const source = existsSync(pathOf(file)) ? readFileSync(pathOf(file), "utf8") : "";
  sources.set(file, source);
  return source;
}

/** Does the file have a test of this title, as it is written in the source? */
function holds(file: string, title: string): boolean {
  return ['"', "'", "`"].some((quote) => sourceOf(file).includes(`${quote}${title}${quote}`));
}

const rows = rowsOf(readFileSync(pathOf("docs/messages-rules.md"), "utf8"));
const numbered = (section: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${section}.${index + 1}`);

describe("the table of the rules of messages", () => {
  it("has no empty cell", () => {
    const empty = rows.filter((row) => [row.section, row.rule, row.file, row.title].includes(""));
    expect(empty).toEqual([]);
    expect(rows.length).toBeGreaterThan(250);
  });

  it("names files of tests that exist", () => {
    const missing = rows.filter(({ file }) => !/\.(?:test|spec)\.ts$/.test(file) || sourceOf(file) === "");
    expect(missing).toEqual([]);
  });

  it("names tests by the titles that they have", () => {
    const missing = rows.filter(({ file, title }) => !holds(file, title));
    expect(missing).toEqual([]);
  });

  it("says no rule twice", () => {
    const seen = rows.map(({ section, rule, file, title }) => [section, rule, file, title].join(" | "));
    expect(seen.filter((one, index) => seen.indexOf(one) !== index)).toEqual([]);
  });

  it("has every numbered part of the contract", () => {
    const parts = [
      ...numbered("0", 10),
      "1",
      ...numbered("2", 7),
      ...numbered("3", 3),
      "4.1",
      "4.2",
      ...numbered("4.3", 6),
      "5",
      "6",
      "7",
      "8",
      "9",
      ...numbered("10", 13),
    ];
    const had = new Set(rows.map(({ section }) => section));
    expect(parts.filter((part) => !had.has(part))).toEqual([]);
    const known = new Set(parts);
    expect([...had].filter((part) => !known.has(part))).toEqual([]);
  });

  it("has every substatus and every moderation reason that Buzón knows", () => {
    const said = (section: string) =>
      rows
        .filter((row) => row.section === section)
        .map(({ rule }) => rule)
        .join("\n");
    const codes = Object.keys(BLOCK_RULES);
    expect(codes.filter((code) => !said("6").includes(`\`${code}\``))).toEqual([]);
    expect(MODERATION_REASONS.filter((reason) => !said("7").includes(`\`${reason}\``))).toEqual([]);
  });
});

it("names settings that the sandbox has", () => {
  const named = rows.flatMap(
    ({ rule }) => /\(((?:`[a-z]\w*[A-Z]\w*`(?:, )?)+)\)/.exec(rule)?.[1]?.split(", ") ?? [],
  );
  const settings = Object.keys(Settings.shape);
  expect(named.length).toBeGreaterThan(5);
  expect(named.map((name) => name.replaceAll("`", "")).filter((name) => !settings.includes(name))).toEqual(
    [],
  );
});

describe("the check of the table", () => {
  it("finds a title only as a whole", () => {
    expect(holds("scripts/docs/messages-rules.test.ts", "finds a title only as a whole")).toBe(true);
    expect(holds("scripts/docs/messages-rules.test.ts", ["finds a title", "only"].join(" "))).toBe(false);
    expect(holds("scripts/docs/no-such.test.ts", "anything")).toBe(false);
  });

  it("refuses a row with a column too few", () => {
    expect(() => rowsOf("| 1 | a rule | a file |")).toThrow(/four columns/);
    expect(rowsOf("| 1 | a \\| b | `f.test.ts` | t |")).toEqual([
      { line: 1, section: "1", rule: "a | b", file: "f.test.ts", title: "t" },
    ]);
  });
});
