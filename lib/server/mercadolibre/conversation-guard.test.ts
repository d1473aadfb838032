import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { client, errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { checkConversationRead, isConversationPath, MarkReadPermit } from "./conversation-guard";
import { readConversation, readWholeConversation } from "./conversations";
import { markRead } from "./mark-read";
import type { Route } from "./paths";

const CONVERSATIONS = [
  "/messages/packs/2000011112222333/sellers/900100200",
  "/messages/packs/2000011112222333/seller/900100200",
  "/messages/packs/2000011112222333/sellers/900100200/conversations/seller",
  "/messages/packs/2000011112222333/sellers/900100200/",
  "/marketplace/messages/packs/2000011112222333",
  "/marketplace/messages/packs/2000011112222333/sellers/900100200",
  "/messages//packs/2000011112222333/sellers/900100200",
  "/Messages/Packs/2000011112222333/Sellers/900100200",
  "/messages%2Fpacks/2000011112222333/sellers/900100200",
  "/base/messages/packs/2000011112222333/sellers/900100200",
];
const OTHERS = [
  "/messages/unread",
  "/messages/unread/packs/2000011112222333/sellers/900100200",
  "/messages/action_guide/packs/2000011112222333",
  "/messages/0199aa00bb11cc22dd33ee44ff556677",
  "/marketplace/messages/attachments/a.pdf",
  "/packs/2000011112222333",
];
const at = (path: string, query = "") => new URL(`https://api.test${path}${query}`);

describe("the last door before the network", () => {
  it.each(CONVERSATIONS)("knows %s as a conversation", (path) => {
    expect(isConversationPath(path)).toBe(true);
    expect(() => checkConversationRead("GET", at(path))).toThrow(/mark_as_read/);
    expect(checkConversationRead("GET", at(path, "?mark_as_read=false"))).toBe(true);
  });

  it.each(OTHERS)("lets %s pass as no conversation", (path) => {
    expect(checkConversationRead("GET", at(path))).toBeNull();
  });

  it.each([
    "",
    "?mark_as_read=true",
    "?mark_as_read=",
    "?mark_as_read=false&mark_as_read=true",
    "?MARK_AS_READ=false",
  ])("stops a conversation read with the query %j", (query) => {
    expect(() => checkConversationRead("GET", at(CONVERSATIONS[0] ?? "", query))).toThrow(/mark_as_read/);
  });

  it("does not stop a reply", () => {
    expect(checkConversationRead("POST", at(CONVERSATIONS[0] ?? ""))).toBeNull();
  });

  it("takes only a real permit", () => {
    const url = at(CONVERSATIONS[0] ?? "");
    expect(checkConversationRead("GET", url, new MarkReadPermit())).toBe(false);
    const other = at(CONVERSATIONS[0] ?? "", "?mark_as_read=true");
    expect(() => checkConversationRead("GET", other, new MarkReadPermit())).toThrow(/mark_as_read/);
    expect(MarkReadPermit.isPermit(Object.create(MarkReadPermit.prototype))).toBe(false);
  });

  it("lets no bare read out of the client: nothing is sent, nothing is recorded", async () => {
    for (const path of CONVERSATIONS.slice(0, 6)) {
      const route: Route = { method: "GET", family: "messages", path, query: { tag: "post_sale" } };
      const { meli, sent } = client([{ body: {} }]);
      expect(await errorOf(meli.wire.read(route, z.unknown()))).toMatchObject({ code: "bug" });
      expect(sent).toEqual([]);
    }
  });
});

describe.each(["LOCAL", "GLOBAL"] as const)("in %s", (profile) => {
  const page = { paging: { total: 0 }, conversation_status: null, messages: [] };
  const ref = { packId: "2000011112222333", sellerId: "900100200" };

  it("reads with the flag, and the record says so", async () => {
    const { meli, sent, calls } = client(
      (_, n) => (n === 1 && profile === "GLOBAL" ? { status: 404 } : { body: page }),
      {
        profile,
      },
    );
    await readConversation(meli, ref);
    await readWholeConversation(meli, ref);
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.map((one) => one.url.searchParams.getAll("mark_as_read"))).toEqual(sent.map(() => ["false"]));
    expect(calls.map((call) => call.readFlag)).toEqual(sent.map(() => true));
  });

  it("marks read without the flag, on the local address, and the record says so", async () => {
    const { meli, sent, calls } = client([{ body: page }], { profile });
    await markRead(meli, ref);
    expect(sent[0]?.url.pathname).toBe("/messages/packs/2000011112222333/sellers/900100200");
    expect(sent[0]?.url.searchParams.has("mark_as_read")).toBe(false);
    expect(sent[0]?.url.searchParams.get("tag")).toBe("post_sale");
    expect(calls.map((call) => call.readFlag)).toEqual([false]);
  });
});

it("marks every page read, since only what is returned gets marked", async () => {
  const { meli, sent } = client((one) => ({
    body: {
      paging: { total: 150 },
      messages: Array(one.url.searchParams.get("offset") === "0" ? 100 : 50).fill({}),
    },
  }));
  await markRead(meli, { packId: "1", sellerId: "2" });
  expect(sent.map((one) => one.url.searchParams.get("offset"))).toEqual(["0", "100"]);
});

it("marks on until nothing comes where the total is not told", async () => {
  const { meli, sent } = client((one) => ({
    body: { messages: Array(one.url.searchParams.get("offset") === "0" ? 100 : 0).fill({}) },
  }));
  await markRead(meli, { packId: "1", sellerId: "2" });
  expect(sent.map((one) => one.url.searchParams.get("offset"))).toEqual(["0", "100"]);
});

describe("the sources", () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const rooms = ["app", "components", "lib"];
  const files = rooms
    .flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).map((name) =>
        join(root, room, name),
      ),
    )
    .filter((name) => /\.(ts|tsx|mts|js|mjs)$/.test(name) && !/\.test\.tsx?$|\/testing\//.test(name));
  const sources = files.map((name) => ({
    name: relative(root, name),
    text: readFileSync(name, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ""),
  }));
  const mentions = (pattern: RegExp) =>
    sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
  const home = "lib/server/mercadolibre/";

  it("are all there to be read", () => {
    expect(sources.map(({ name }) => name)).toContain(`${home}paths.ts`);
  });

  it("name a conversation's address only in paths.ts, the guard and markRead", () => {
    expect(mentions(/messages\\?\/packs/).toSorted()).toEqual(
      ["conversation-guard.ts", "mark-read.ts", "paths.ts"].map((name) => home + name),
    );
  });

  it("name it in paths.ts only to send, or with the flag", () => {
    const paths = sources.find(({ name }) => name === `${home}paths.ts`)?.text ?? "";
    const statements = paths.split(/(?=\b(?:get|post)\()/).filter((part) => part.includes("messages/packs"));
    expect(statements.length).toBeGreaterThanOrEqual(5);
    for (const statement of statements) {
      expect(statement.startsWith("post(") || /unmarked\(o\)/.test(statement)).toBe(true);
    }
    expect(paths).toMatch(/const unmarked = [^;]*mark_as_read: "false"/);
  });

  it("make a permit nowhere but in markRead", () => {
    expect(mentions(/new MarkReadPermit/)).toEqual([`${home}mark-read.ts`]);
    expect(mentions(/import \{[^}]*\bMarkReadPermit\b/)).toEqual([`${home}mark-read.ts`]);
  });

  it("reach the raw requests from nowhere outside this folder", () => {
    expect(mentions(/\.wire\.(?:read|write|download)\b/).filter((name) => !name.startsWith(home))).toEqual(
      [],
    );
  });
});
