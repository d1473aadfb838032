import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import compile from "icu-minify/compile";
import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "./locale";
import { WORDS } from "./words";

/** `area.key.key` -> message. */
function messagesOf(locale: Locale): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (path: string, value: unknown) => {
    if (typeof value === "string") found.set(path, value);
    else if (typeof value === "object" && value !== null) {
      for (const [key, child] of Object.entries(value)) walk(path === "" ? key : `${path}.${key}`, child);
    }
  };
  walk("", WORDS[locale]);
  return found;
}

/** The arguments and tags that a message needs, in any order: what its caller must pass. */
function placeholdersOf(message: string): string[] {
  const names = new Set<string>();
  // A compiled message or branch is a text or a list of nodes; a node is a text, 0 for `#`, or [name, kind, payload].
  const visitList = (list: unknown) => {
    if (Array.isArray(list)) for (const node of list) visitNode(node);
  };
  const visitNode = (node: unknown) => {
    if (!Array.isArray(node)) return;
    const [name, kind, ...rest] = node;
    const isTyped = typeof kind === "number";
    names.add(`${name}:${kind === undefined ? "plain" : isTyped ? kind : "tag"}`);
    if (!isTyped) visitList([kind, ...rest]);
    else if (typeof rest[0] === "object" && rest[0] !== null) Object.values(rest[0]).forEach(visitList);
  };
  visitList(compile(message));
  return [...names].sort();
}

const reference = messagesOf("es");

describe("words", () => {
  it("finds the placeholders of a message, also inside its branches", () => {
    expect(placeholdersOf("Hola")).toEqual([]);
    expect(placeholdersOf("{a} y {b, number}")).toEqual(["a:plain", "b:4"]);
    expect(placeholdersOf("{n, plural, one {uno de {who}} other {# de {who}}}")).toEqual([
      "n:2",
      "who:plain",
    ]);
    expect(placeholdersOf("Va <b>{x}</b>")).toHaveLength(2);
  });

  it.each(LOCALES)("hold every area file of %s", (locale) => {
    const files = readdirSync(join(import.meta.dirname, locale)).map((file) => file.replace(/\.json$/, ""));
    expect(Object.keys(WORDS[locale]).sort()).toEqual(files.sort());
  });

  it.each(LOCALES)("have the same keys in %s as in Spanish", (locale) => {
    expect([...messagesOf(locale).keys()].sort()).toEqual([...reference.keys()].sort());
  });

  it.each(LOCALES)("need the same arguments in %s as in Spanish", (locale) => {
    const own = messagesOf(locale);
    for (const [key, message] of reference) {
      expect([key, placeholdersOf(own.get(key) ?? "")]).toEqual([key, placeholdersOf(message)]);
    }
  });

  it.each(LOCALES)("leave nothing empty or untrimmed in %s", (locale) => {
    for (const [key, message] of messagesOf(locale)) {
      expect([key, message.trim()]).toEqual([key, message]);
      expect([key, message === ""]).toEqual([key, false]);
    }
  });

  it.each(LOCALES)("are valid JSON without repeated keys in %s", (locale) => {
    for (const file of readdirSync(join(import.meta.dirname, locale))) {
      const text = readFileSync(join(import.meta.dirname, locale, file), "utf8");
      const parsed: unknown = JSON.parse(text);
      expect(text.match(/"[^"]+"\s*:/g)?.length).toBe(JSON.stringify(parsed).match(/"[^"]+":/g)?.length);
    }
  });
});
