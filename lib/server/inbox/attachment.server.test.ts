import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jpeg, pdfOf, png } from "@/e2e/fixtures/pictures";
import { ProblemSchema } from "@/lib/shared/api/common";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";

const HTML = Buffer.from("<!doctype html><script>alert(1)</script>");
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
const GIF = Buffer.from("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=", "base64");
const WEBP = Buffer.from("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==", "base64");
const HEIC = Buffer.from("00000018667479706865696300000000", "hex");

let house: House;
let me: SignedIn;
let sellerId: string;

beforeAll(async () => {
  house = await createHouse();
  sellerId = await house.newSeller();
  me = await house.signIn(sellerId);
});
afterAll(() => house.close());

/** Our address of a file in a conversation of its own. */
async function fileAt(name: string, bytes: Buffer, type = "application/octet-stream"): Promise<string> {
  const attachments = [{ name, type, base64: bytes.toString("base64") }];
  const pack = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "Va", minutesAgo: 1, attachments }],
  });
  const view = await house.read(ThreadViewSchema, `/api/threads/messages/${pack}`, { as: me });
  return view.messages[0]?.attachments[0]?.href ?? "";
}

const look = (href: string, headers: Record<string, string> = {}, as = me, more = "") =>
  house.call(`${href}&view=1${more}`, { as, headers });
const reasonOf = async (answer: Response) => ProblemSchema.parse(await answer.json()).reason;
const systemName = (href: string) => /attachments\/([^?]+)/.exec(href)?.[1] ?? "";
/** The downloads of one file that Mercado Libre was asked for. */
const asked = async (href: string) =>
  (await house.calls({ method: "GET", path: `/messages/attachments/${systemName(href)}` })).length;
const vanish = (href: string, gone: boolean) => house.control(`/files/${systemName(href)}`, { gone });

describe("a look at a file", () => {
  it.each([
    ["a JPG", "a.jpg", jpeg("a.jpg"), "image/jpeg"],
    ["a PNG", "a.png", png(4, 4), "image/png"],
    ["a GIF", "a.gif", GIF, "image/gif"],
    ["a WebP", "a.webp", WEBP, "image/webp"],
    ["a PNG that calls itself a PDF", "factura.pdf", png(4, 4), "image/png"],
    ["a JPG whose type nobody knows", "foto", jpeg("a.jpg"), "image/jpeg"],
  ])("draws %s, and lets it run nothing", async (_what, name, bytes, type) => {
    const answer = await look(await fileAt(name, bytes));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": type,
      "content-disposition": expect.stringMatching(/^inline; /),
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "content-security-policy": expect.stringMatching(
        /^(?=.*default-src 'none')(?=.*\bsandbox\b)(?!.*allow-)/,
      ),
    });
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it.each([
    ["a page that calls itself a JPG", "foto.jpg", HTML, "image/jpeg", "belied"],
    ["an SVG that calls itself a PNG", "foto.png", SVG, "image/png", "belied"],
    ["a page that calls itself a PDF", "factura.pdf", HTML, "application/pdf", "belied"],
    ["a program that calls itself a text", "notas.txt", Buffer.from("MZ\0\0"), "text/plain", "belied"],
    ["an SVG", "logo.svg", SVG, "image/svg+xml", "no_preview"],
    ["a page", "pagina.html", HTML, "text/html", "no_preview"],
    ["a photo of an iPhone's", "IMG_1.HEIC", HEIC, "image/heic", "no_preview"],
    ["an archive", "todo.zip", Buffer.from("PK\x03\x04"), "application/zip", "no_preview"],
  ])("shows nothing of %s; its download stays", async (_what, name, bytes, type, reason) => {
    const href = await fileAt(name, bytes, type);
    const answer = await look(href);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([422, "application/problem+json"]);
    expect(await reasonOf(answer)).toBe(reason);
    const saved = await house.call(href, { as: me });
    expect(saved.headers.get("content-disposition")).toMatch(/^attachment; /);
    expect(Buffer.from(await saved.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("hands a PDF to the reader whole, and to a browser only as a download", async () => {
    const bytes = pdfOf(40);
    const answer = await look(await fileAt("factura.pdf", bytes));
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; /);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("gives the first 64 kB of a text, also of one that says it is a page", async () => {
    const answer = await look(await fileAt("largo.txt", Buffer.from("ñandú ".repeat(40_000)), "text/html"));
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; /);
    expect((await answer.arrayBuffer()).byteLength).toBe(65_536);
  });

  it("asks Mercado Libre once for what the browser already holds, and never without a session that may read it", async () => {
    const href = await fileAt("foto.jpg", jpeg("foto.jpg"));
    const first = await look(href);
    await first.arrayBuffer();
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(first.headers.get("vary")).toBe("cookie");

    const again = await look(href, { "if-none-match": etag });
    expect([again.status, await again.text(), await asked(href)]).toEqual([304, "", 1]);

    const stranger = await house.signIn(await house.newSeller());
    expect((await look(href, { "if-none-match": etag }, stranger)).status).toBe(404);
    const signedOut = await house.call(`${href}&view=1`, { headers: { "if-none-match": etag } });
    expect(signedOut.status).toBe(401);
  });

  it("has a tag that tells nothing of the file's name", async () => {
    const href = await fileAt("foto.jpg", jpeg("foto.jpg"));
    const answer = await look(href);
    await answer.arrayBuffer();
    const digest = createHash("sha256").update(systemName(href)).digest("base64url");
    expect(answer.headers.get("etag")).toBe(`"${digest}"`);
  });
});

describe("a file that Mercado Libre does not give any more", () => {
  it("is asked for three times in all, however often it is looked at", async () => {
    const href = await fileAt("foto.jpg", jpeg("foto.jpg"));
    await vanish(href, true);
    for (const _look of [1, 2, 3]) {
      const answer = await look(href);
      expect([answer.status, await reasonOf(answer)]).toEqual([503, "file_gone"]);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect((await house.call(href, { as: me })).status).toBe(503);
    expect(await asked(href)).toBe(3);
    // Nor does a person who presses "try again" within seconds ask anew.
    expect((await look(href, {}, me, "&again=1")).status).toBe(503);
    expect(await asked(href)).toBe(3);
  });

  it("is told in words to who opened its link, in their language, and saved under no name", async () => {
    const href = await fileAt("foto.jpg", jpeg("foto.jpg"));
    await vanish(href, true);
    const answer = await house.call(href, {
      as: me,
      headers: { "sec-fetch-mode": "navigate", accept: "text/html,*/*;q=0.8", "accept-language": "pt-BR" },
    });
    expect([answer.status, answer.headers.get("content-disposition")]).toEqual([503, null]);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    const page = await answer.text();
    expect(page).toContain("O Mercado Livre não entrega mais este arquivo");
    expect(page).toMatch(/<a href="&#47;inbox&#47;messages&#47;\d+"|<a href="\/inbox\/messages\/\d+"/);
  });

  it("is no other trouble's name: what passes is asked for again at once", async () => {
    const href = await fileAt("foto.jpg", jpeg("foto.jpg"));
    await house.control("/faults", {
      method: "GET",
      path: `/messages/attachments/${systemName(href)}`,
      times: 3,
      status: 503,
    });
    const answer = await look(href);
    expect(answer.status).toBe(503);
    expect(await reasonOf(answer)).not.toBe("file_gone");
    expect((await look(href)).status).toBe(200);
  });
});

it("serves what a PDF may call for, and nothing else of the package or the machine", async () => {
  const of = (path: string) => house.call(`/api/pdf-data/${path}`, { as: me });
  for (const path of ["wasm/jbig2.wasm", "cmaps/UniGB-UCS2-H.bcmap", "standard_fonts/FoxitSymbol.pfb"]) {
    const answer = await of(path);
    expect([path, answer.status]).toEqual([path, 200]);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
  }
  const absent = [
    "wasm/quickjs-eval.wasm",
    "cmaps/Absent.bcmap",
    "cmaps/..%2Fpackage.json",
    "wasm/LICENSE_JBIG2",
  ];
  for (const path of absent) expect([path, (await of(path)).status]).toEqual([path, 404]);
  expect((await of("build/pdf.mjs")).status).toBe(422);
});
