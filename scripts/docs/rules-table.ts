import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** docs/messages-rules.md, docs/claims-rules.md and docs/questions-rules.md say which test holds each rule of a contract. This
 *  reads their tables. */

const pathOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

export interface Row {
  line: number;
  section: string;
  rule: string;
  file: string;
  title: string;
}

/** The rows of every table in a text: `| section | rule | file | title |`, with `\|` for a bar.
 *  @throws Error when a row has not four columns */
export function rowsOf(text: string): Row[] {
  return text.split("\n").flatMap((line, index): Row[] => {
    if (!line.startsWith("|") || /^\|[\s:|-]+$/.test(line) || /^\|\s*section\s*\|/.test(line)) return [];
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.replaceAll("\\|", "|").trim());
    const [, section = "", rule = "", file = "", title = "", ...rest] = cells;
    if (rest.length !== 1) throw new Error(`line ${index + 1} has not four columns: ${line}`);
    return [{ line: index + 1, section, rule, file: file.replaceAll("`", ""), title }];
  });
}

/** The rows of a document of this repository, by its path. */
export function rowsIn(document: string): Row[] {
  return rowsOf(readFileSync(pathOf(document), "utf8"));
}

const sources = new Map<string, string>();

/** The source of a file of this repository; `""` when there is none. */
export function sourceOf(file: string): string {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const source = existsSync(pathOf(file)) ? readFileSync(pathOf(file), "utf8") : "";
  sources.set(file, source);
  return source;
}

const escaped = (text: string) => text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");

/** Does the file have a test of this title, as it is written in the source: what `it` or `test` is called with first? */
export function holds(file: string, title: string): boolean {
  const call = /(?:\b(?:it|test)(?:\.(?!describe\b)\w+)*|\))\(\s*/.source;
  return new RegExp(`${call}(["'\`])${escaped(title)}\\1`).test(sourceOf(file));
}

/** `2.1`, `2.2`, ... */
export const numbered = (section: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${section}.${index + 1}`);

/** What the rows of a section say, one rule a line. */
export function saidIn(rows: readonly Row[], section: string): string {
  return rows
    .filter((row) => row.section === section)
    .map(({ rule }) => rule)
    .join("\n");
}

/** Names of settings that rules give in brackets: (`byIdShape`, `lengthIn`). */
export function settingsNamedIn(rows: readonly Row[]): string[] {
  return rows
    .flatMap(({ rule }) => /\(((?:`[a-z]\w*[A-Z]\w*`(?:, )?)+)\)/.exec(rule)?.[1]?.split(", ") ?? [])
    .map((name) => name.replaceAll("`", ""));
}
