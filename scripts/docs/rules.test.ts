import { describe, expect, it } from "vitest";
import { BLOCK_RULES } from "@/lib/shared/substatus";
import { MODERATION_REASONS } from "@/lib/shared/view/reasons";
import { LEAD_SETTINGS } from "@/sandbox/world/lead-settings";
import { QUESTION_SETTINGS } from "@/sandbox/world/question-settings";
import { Settings } from "@/sandbox/world/settings";
import { holds, numbered, type Row, rowsIn, rowsOf, saidIn, settingsNamedIn, sourceOf } from "./rules-table";

/** The tables that say which test holds each rule of a contract have to stay true. */

interface Table {
  name: string;
  rows: Row[];
  least: number;
  /** Every numbered part of the contract that states behaviour. */
  parts: string[];
}

const messages = rowsIn("docs/messages-rules.md");
const claims = rowsIn("docs/claims-rules.md");
const questions = rowsIn("docs/questions-rules.md");

/** The rows of the table of questions-and-contacts.md 1. */
const RESOURCES_OF_QUESTIONS = Array.from({ length: 12 }, (_, index) => `1(${index + 1})`);
/** 5 is held with messages and claims, 10 names the sources. */
const PARTS_OF_QUESTIONS = [
  "1",
  ...RESOURCES_OF_QUESTIONS,
  ...numbered("1", 6),
  ...["2", "3", "4.1", "4.2", "6", "7", "8", "9"],
];

const TABLES: Table[] = [
  {
    name: "messages",
    rows: messages,
    least: 250,
    parts: [
      ...numbered("0", 10),
      "1",
      ...numbered("2", 7),
      ...numbered("3", 3),
      "4.1",
      "4.2",
      ...numbered("4.3", 6),
      ...["5", "6", "7", "8", "9"],
      ...numbered("10", 13),
    ],
  },
  {
    name: "claims",
    rows: claims,
    least: 350,
    parts: [
      "1",
      "2",
      ...numbered("2", 29),
      "3",
      ...numbered("4", 6),
      ...numbered("5", 3),
      "6",
      ...numbered("6", 4),
      ...["7", "8", "9", "10", "11"],
      // 12.13 is about reading the documentation
      ...numbered("12", 15).filter((part) => part !== "12.13"),
      "13",
    ],
  },
  { name: "questions", rows: questions, least: 420, parts: PARTS_OF_QUESTIONS },
];

describe.each(TABLES)("the table of the rules of $name", ({ rows, least, parts }) => {
  it("has no empty cell", () => {
    const empty = rows.filter((row) => [row.section, row.rule, row.file, row.title].includes(""));
    expect(empty).toEqual([]);
    expect(rows.length).toBeGreaterThan(least);
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
    const had = new Set(rows.map(({ section }) => section));
    expect(parts.filter((part) => !had.has(part))).toEqual([]);
    const known = new Set(parts);
    expect([...had].filter((part) => !known.has(part))).toEqual([]);
  });

  it("names settings that the sandbox has", () => {
    const settings = Object.keys(Settings.shape);
    const named = settingsNamedIn(rows);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !settings.includes(name))).toEqual([]);
  });
});

it("has every substatus and every moderation reason of messages that Buzón knows", () => {
  const codes = Object.keys(BLOCK_RULES);
  expect(codes.filter((code) => !saidIn(messages, "6").includes(`\`${code}\``))).toEqual([]);
  expect(MODERATION_REASONS.filter((reason) => !saidIn(messages, "7").includes(`\`${reason}\``))).toEqual([]);
});

describe("the 29 resources of claims", () => {
  const resources = numbered("2", 29);
  const byResource = resources.map((section) => claims.filter((row) => row.section === section));

  it("have each an address in both profiles, and an answer that is read by what we ship", () => {
    const lacking = resources.filter((_, index) => {
      const files = byResource[index]?.map(({ file }) => file) ?? [];
      return !(
        files.includes("lib/server/mercadolibre/claim-paths.test.ts") &&
        files.some((file) => /^lib\/server\/mercadolibre\/\S+\.contract\.test\.ts$/.test(file)) &&
        files.some((file) => file.startsWith("sandbox/"))
      );
    });
    expect(lacking).toEqual([]);
  });

  it("name the test of their own number", () => {
    const wrong = byResource.flatMap((rows, index) =>
      rows.filter(
        ({ file, title }) =>
          /\.contract\.test\.ts$/.test(file) &&
          /^rows? \d/.test(title) &&
          !(/^rows? ([\d and]+):/.exec(title)?.[1]?.split(" and ") ?? []).includes(String(index + 1)),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

describe("the twelve resources of questions", () => {
  const filesOf = (section: string) =>
    questions.filter((row) => row.section === section).map(({ file }) => file);

  it("have each an address, an answer that is read by what we ship, and are served", () => {
    const lacking = RESOURCES_OF_QUESTIONS.filter((section) => {
      const files = filesOf(section);
      return !(
        // Two that a seller's inbox does not call have their address in the sandbox alone.
        (["1(2)", "1(4)"].includes(section) ||
          files.includes("lib/server/mercadolibre/question-paths.test.ts")) &&
        files.some((file) => /^lib\/server\/mercadolibre\/question\S*\.contract\.test\.ts$/.test(file)) &&
        files.includes("sandbox/questions/rows.test.ts")
      );
    });
    expect(lacking).toEqual([]);
  });
});

it("leaves no rule about what questions, contacts and leads do to the sandbox alone", () => {
  const alone = PARTS_OF_QUESTIONS.filter((part) =>
    questions.filter(({ section }) => section === part).every(({ file }) => file.startsWith("sandbox/")),
  );
  expect(alone).toEqual([]);
});

it("has every setting of questions, contacts and leads of the sandbox with its rule", () => {
  const named = new Set(settingsNamedIn(questions));
  const settings = [...Object.keys(QUESTION_SETTINGS), ...Object.keys(LEAD_SETTINGS)];
  expect(settings.filter((name) => !named.has(name))).toEqual([]);
});

it("leaves no rule about what a claim does to the sandbox alone", () => {
  const parts = [
    "3",
    ...numbered("4", 6),
    ...numbered("5", 3),
    "6",
    ...numbered("6", 4),
    "7",
    "8",
    "9",
    "10",
    "11",
  ];
  const alone = parts.filter((part) =>
    claims.filter(({ section }) => section === part).every(({ file }) => file.startsWith("sandbox/")),
  );
  expect(alone).toEqual([]);
});

describe("the check of the tables", () => {
  it("finds a title only as a whole", () => {
    expect(holds("scripts/docs/rules.test.ts", "finds a title only as a whole")).toBe(true);
    expect(holds("scripts/docs/rules.test.ts", ["finds a title", "only"].join(" "))).toBe(false);
    expect(holds("scripts/docs/no-such.test.ts", "anything")).toBe(false);
  });

  it("takes no other text for a title", () => {
    expect(holds("scripts/docs/rules.test.ts", "the check of the tables")).toBe(false);
    expect(holds("scripts/docs/rules.test.ts", "docs/claims-rules.md")).toBe(false);
    expect(holds("e2e/questions.spec.ts", "with the time that a seller has who chose nothing")).toBe(false);
  });

  it("refuses a row with a column too few", () => {
    expect(() => rowsOf("| 1 | a rule | a file |")).toThrow(/four columns/);
    expect(rowsOf("| 1 | a \\| b | `f.test.ts` | t |")).toEqual([
      { line: 1, section: "1", rule: "a | b", file: "f.test.ts", title: "t" },
    ]);
  });

  it("finds the settings that a rule names", () => {
    const [row] = rowsOf("| 1 | either, by switch (`byIdShape`, `lengthIn`) | `f.test.ts` | t |");
    expect(settingsNamedIn(row === undefined ? [] : [row])).toEqual(["byIdShape", "lengthIn"]);
  });
});
