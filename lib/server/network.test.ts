import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Ways to reach another machine over HTTP. `fetch` as a type or as a default is none. */
const WAYS_OUT =
  /(?<![\w.])fetch\(|globalThis\.fetch|window\.fetch|["'](?:node:)?(?:https?|http2|tls)["']|(?:connect|Socket|createConnection)\b[^;]*from ["']node:net["']|["'](?:undici|axios|got|ky)["']|XMLHttpRequest|WebSocket\(|EventSource\(/;
/** The one place that may send: everything there passes the guard of conversation reads. */
const DOOR = /^lib\/server\/mercadolibre\/transport\.ts$/;

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
const leaves = (name: string, text: string) => !DOOR.test(name) && WAYS_OUT.test(withoutComments(text));

const sources = ["lib/server", "lib/shared", "app"].flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|(^|\/)testing\//.test(name))
    .map((name) => join(room, name)),
);

it("lets nothing of the server reach the network but the door of the protocol room", () => {
  expect(sources).toContain("lib/server/mercadolibre/transport.ts");
  expect(sources).toContain("lib/server/accounts/vault.ts");
  expect(sources.filter((name) => leaves(name, readFileSync(name, "utf8")))).toEqual([]);
});

it.each([
  'await fetch("https://api.mercadolibre.com/messages/packs/1/sellers/2");',
  "const answer = fetch(url);",
  'import { request } from "node:https";',
  'import http from "http";',
  "globalThis.fetch(url)",
  'import { connect } from "node:net";',
  'const { request } = await import("undici");',
])("would notice %s", (line) => {
  expect(leaves("lib/server/sync/sneak.ts", `const a = 1;\n${line}\n`)).toBe(true);
});

it.each([
  "const fetcher = options.fetch ?? fetch;",
  "// fetch(url) is what this does not do",
  "interface Sandbox { fetch: typeof fetch }",
  'import { isIP } from "node:net";',
  "const prefetched = prefetch(query);",
])("takes %s for what it is", (line) => {
  expect(leaves("lib/server/sync/fine.ts", line)).toBe(false);
});
