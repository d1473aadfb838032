import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dropAbandonedFiles } from "@/lib/server/store/files";
import { ProblemSchema } from "@/lib/shared/api/common";
import { FileSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import { addTextFile } from "@/scripts/testing/belongings";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { send, workOff } from "@/scripts/testing/outbox";
import { dispositionOf } from "./disposition";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const PDF = Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
const ZIP = Buffer.from("504b0304140000000000000000000000000000000000000000000100000061", "hex");
const EXE = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200, 0x90)]);
const OLD_OFFICE = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]);
const HTML = Buffer.from("<!doctype html><script>alert(1)</script>");

let house: House;
let me: SignedIn;
let sellerId: string;
let packId: string;
let thread: string;

beforeAll(async () => {
  house = await createHouse();
  sellerId = await house.newSeller();
  me = await house.signIn(sellerId);
  packId = await house.newThread(sellerId, { messages: [{ from: "buyer", text: "Hola", minutesAgo: 3 }] });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
});
afterAll(() => house.close());

/** A conversation with one file, and our address of it. */
async function attachment(file: object): Promise<string> {
  const pack = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "Va", minutesAgo: 1, attachments: [file] }],
  });
  const view = await house.read(ThreadViewSchema, `/api/threads/messages/${pack}`, { as: me });
  return view.messages[0]?.attachments[0]?.href ?? "";
}

const upload = (name: string, body: Uint8Array, as = me, to = thread) =>
  house.call(`${to}/files?name=${encodeURIComponent(name)}`, {
    as,
    method: "POST",
    body,
    headers: { "content-type": "image/png" },
  });

/** The name a browser will save under, read as RFC 8187 says. */
const savedName = (disposition: string) =>
  decodeURIComponent(/filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(disposition)?.[1] ?? "");
const SAFE = /^attachment; filename="[^"\\%\r\n]+"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/;

describe("a download", () => {
  it.each([
    ['comillas "dobles".pdf', 'comillas "dobles".pdf'],
    ["dos\r\nlíneas: x.txt", "doslíneas: x.txt"],
    ["factura\u202efdp.exe", "facturafdp.exe"],
    ["📦 pedido ñandú.png", "📦 pedido ñandú.png"],
    ["../../etc/passwd", ".._.._etc_passwd"],
    ["a; filename=evil.html", "a; filename=evil.html"],
    ["100%.txt", "100%.txt"],
    ["'(*)'.txt", "'(*)'.txt"],
  ])("is saved under a name that breaks out of nothing: %j", async (name, saved) => {
    const answer = await house.call(await attachment({ name, type: "text/plain" }), { as: me });
    const disposition = answer.headers.get("content-disposition") ?? "";
    expect(disposition).toMatch(SAFE);
    expect(savedName(disposition)).toBe(saved);
  });

  it("has a safe name whatever the name is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const disposition = dispositionOf(name);
        expect(disposition).toMatch(SAFE);
        expect(new Headers({ "content-disposition": disposition }).get("content-disposition")).toBe(
          disposition,
        );
        expect(savedName(disposition)).not.toMatch(/[\p{Cc}\p{Cf}/\\]/u);
      }),
    );
  });

  it.each([
    ["image/png", "image/png"],
    ["application/pdf", "application/pdf"],
    ["text/html", "application/octet-stream"],
    ["image/svg+xml", "application/octet-stream"],
    ["text/xml", "application/octet-stream"],
  ])("runs nothing in a browser that shows it all the same (%s)", async (type, served) => {
    const href = await attachment({ name: "x.bin", type, base64: HTML.toString("base64") });
    const answer = await house.call(href, { as: me });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": served,
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringMatching(
        /^(?=.*default-src 'none')(?=.*\bsandbox\b)(?!.*allow-)/,
      ),
      "cache-control": expect.stringMatching(/no-store/),
      "cross-origin-resource-policy": "same-origin",
    });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(HTML);
  });

  it("says so when the file is gone at Mercado Libre", async () => {
    const href = await attachment({ name: "foto.png", type: "image/png" });
    await house.control("/faults", { method: "GET", path: "/messages/attachments/", times: 9, status: 500 });
    const answer = await house.call(href, { as: me });
    expect([answer.status, answer.headers.get("content-disposition")]).toEqual([503, null]);
    expect(ProblemSchema.parse(await answer.json()).code).toBe("meli_down");
    await house.control("/faults/clear", {});
  });

  it.each(["..%2F..%2Fsecret", "a%00b", "%F0%9F%98%80", "a".repeat(300)])(
    "is refused for %s",
    async (name) => {
      expect((await house.call(`${thread}/attachments/${name}`, { as: me })).status).toBe(422);
    },
  );
});

describe("an upload", () => {
  it.each([
    ["a picture", "foto.png", PNG, "image/png"],
    ["a document, whatever the browser says", "factura.pdf", PDF, "application/pdf"],
    ["a picture without an ending", "foto", PNG, "image/png"],
    ["words", "notas.txt", Buffer.from("Medidas: 20 × 30"), "text/plain"],
  ])("takes %s for what its bytes are", async (_what, name, bytes, type) => {
    const answer = await upload(name, bytes);
    expect(FileSchema.parse(await answer.json())).toMatchObject({ name, type, size: bytes.length });
  });

  it.each([
    ["a program that calls itself a picture", "foto.jpg", EXE, "type"],
    ["an archive", "todo.zip", ZIP, "type"],
    ["an archive that calls itself a document", "todo.pdf", ZIP, "type"],
    ["a page that calls itself a picture", "foto.png", HTML, "type"],
    ["an old office file, where only Global Selling takes them", "lista.xls", OLD_OFFICE, "type"],
    ["nothing", "vacio.txt", Buffer.alloc(0), "empty"],
    ["a name with a slash", "a/b.txt", Buffer.from("x"), "name_characters"],
    ["a name with a backslash", "a\\b.txt", Buffer.from("x"), "name_characters"],
    ["a name of 201 characters", `${"n".repeat(197)}.txt`, Buffer.from("x"), "name_too_long"],
  ])("refuses %s", async (_what, name, bytes, reason) => {
    const answer = await upload(name, bytes);
    expect([answer.status, ProblemSchema.parse(await answer.json()).reason]).toEqual([422, reason]);
  });

  it("takes an old office file on Global Selling", async () => {
    const global = await house.signIn(await house.newSeller({ siteId: "CBT", marketplaces: ["MLM"] }));
    const pack = await house.newThread(global.accountId, {
      siteId: "MLM",
      messages: [{ from: "buyer", text: "Hi" }],
    });
    const to = `/api/threads/messages/${pack}`;
    await house.call(to, { as: global });
    expect(await (await upload("lista.xls", OLD_OFFICE, global, to)).json()).toMatchObject({
      type: "application/vnd.ms-excel",
    });
  });

  it("stops reading at 25 MB, announced or not", async () => {
    const big = Buffer.alloc(25_000_001, 0x61);
    const announced = await house.call(`${thread}/files?name=big.txt`, {
      as: me,
      method: "POST",
      body: Buffer.from("x"),
      headers: { "content-length": "25000001" },
    });
    for (const answer of [announced, await upload("big.txt", big)]) {
      expect([answer.status, ProblemSchema.parse(await answer.json()).reason]).toEqual([413, "too_big"]);
    }
  });

  it("is refused once 700 MB of theirs wait on the conversation, and taken when some of it went", async () => {
    const pack = await house.newThread(sellerId, {
      messages: [{ from: "buyer", text: "Hola", minutesAgo: 2 }],
    });
    const to = `/api/threads/messages/${pack}`;
    await house.call(to, { as: me });
    const id = await addTextFile(house, me, to);
    const { pool } = house.rt.database;
    await pool.query("update files set size = 700000000 - $2 where id = $1", [id, PDF.length - 1]);
    const answer = await upload("a.pdf", PDF, me, to);
    expect([answer.status, ProblemSchema.parse(await answer.json()).reason]).toEqual([422, "too_big"]);
    expect((await upload("a.pdf", PDF)).status).toBe(200);
    await house.call(`/api/files/${id}`, { as: me, method: "DELETE" });
    expect((await upload("a.pdf", PDF, me, to)).status).toBe(200);
  });

  it("arrives at Mercado Libre byte by byte", async () => {
    const bytes = Buffer.concat([PNG, randomBytes(1_500_000)]);
    const file = FileSchema.parse(await (await upload("grande.png", bytes)).json());
    await send(house, me, thread, { text: "Va", files: [file.id] });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    const sent = (await house.held(packId)).messages.at(-1)?.attachments[0];
    expect(sent).toMatchObject({ originalFilename: "grande.png", type: "image/png", size: bytes.length });
    const { messages } = await house.read(ThreadViewSchema, thread, { as: me });
    const answer = await house.call(messages.at(-1)?.attachments[0]?.href ?? "", { as: me });
    const digest = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");
    expect(digest(new Uint8Array(await answer.arrayBuffer()))).toBe(digest(bytes));
  });

  it("is deleted after two days, unless a draft or a reply still names it", async () => {
    const [drafted, replied, left] = [
      await addTextFile(house, me, thread),
      await addTextFile(house, me, thread),
      await addTextFile(house, me, thread),
    ];
    await send(house, me, thread, { text: "Con archivo", files: [replied] });
    await house.call(`${thread}/draft`, { as: me, method: "PUT", body: { text: "", files: [drafted] } });
    const { pool } = house.rt.database;
    await dropAbandonedFiles(house.rt.db, 48);
    const held = async () =>
      (await pool.query("select id from files where id = any($1)", [[drafted, replied, left]])).rows.map(
        ({ id }) => id,
      );
    expect(await held()).toHaveLength(3);
    await pool.query("update files set created_at = now() - interval '49 hours'");
    await dropAbandonedFiles(house.rt.db, 48);
    expect((await held()).toSorted()).toEqual([drafted, replied].toSorted());
  });
});

it("reads a conversation that holds characters no database takes", async () => {
  const pack = await house.newThread(sellerId, {
    buyerName: "Ana\u0000 Ruiz",
    product: { title: "L\u0000ámpara" },
    messages: [
      {
        from: "buyer",
        text: "a\u0000b \ud83d c",
        minutesAgo: 1,
        attachments: [{ name: "f\u0000\udc00.png", type: "image/png" }],
      },
    ],
  });
  const view = await house.read(ThreadViewSchema, `/api/threads/messages/${pack}`, { as: me });
  expect(view.messages[0]).toMatchObject({ text: "ab \ufffd c", attachments: [{ name: "f\ufffd.png" }] });
});
