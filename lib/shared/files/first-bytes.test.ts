import { describe, expect, it } from "vitest";
import { sniffFile } from "@/lib/client/sniff";
import { isPdf, pictureType, typeByFirstBytes } from "./first-bytes";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)),
  );

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

describe("typeByFirstBytes", () => {
  it.each([
    ["image/jpeg", bytes([0xff, 0xd8, 0xff, 0xe0], "JFIF")],
    ["image/png", bytes([0x89], "PNG\r\n", [0x1a, 0x0a])],
    ["image/gif", bytes("GIF89a")],
    ["image/webp", bytes("RIFF", [9, 0, 0, 0], "WEBPVP8 ")],
    ["application/pdf", bytes("%PDF-1.7\n")],
    ["image/heic", bytes([0, 0, 0, 24], "ftypheic")],
    ["image/heif", bytes([0, 0, 0, 24], "ftypmif1")],
    ["application/xml", bytes('<?xml version="1.0"?><nfe/>')],
    ["text/plain", bytes("Hola")],
  ])("knows %s by its first bytes", (type, head) => {
    expect(typeByFirstBytes(head, "x.bin")).toBe(type);
  });

  it("tells office files apart by name, and takes no other file of their kinds", () => {
    expect(typeByFirstBytes(bytes(OLE), "a.DOC")).toBe("application/msword");
    expect(typeByFirstBytes(bytes(OLE), "a.xls")).toBe("application/vnd.ms-excel");
    expect(typeByFirstBytes(bytes(OLE), "a.msi")).toBeNull();
    expect(typeByFirstBytes(bytes("PK", [3, 4, 20, 0]), "a.docx")).toMatch(/wordprocessingml/);
    expect(typeByFirstBytes(bytes("PK", [3, 4, 20, 0]), "a.apk")).toBeNull();
  });

  it.each([
    ["a program called .pdf", bytes("MZ", [0x90, 0, 3, 0])],
    ["an archive", bytes("PK", [3, 4, 20, 0])],
    ["a film", bytes([0, 0, 0, 24], "ftypisom")],
    ["bytes that are no UTF-8", bytes([0xc3, 0x28, 0x41])],
    ["nothing", bytes()],
  ])("takes no %s", (_what, head) => {
    expect(typeByFirstBytes(head, "factura.pdf")).toBeNull();
  });

  it("takes a text whose beginning ends in the middle of a character", () => {
    expect(typeByFirstBytes(Uint8Array.from([...Buffer.from("señ")].slice(0, 3)), "a.txt")).toBe(
      "text/plain",
    );
  });

  it("reads only the beginning of a file", async () => {
    const long = new File(["a".repeat(5_000), Uint8Array.from([0xff, 0xfe, 0])], "a.txt");
    expect(await sniffFile(long)).toBe("text/plain");
  });
});

describe("pictureType", () => {
  it.each([
    ["an SVG", bytes(SVG)],
    ["an SVG behind an XML head", bytes(`<?xml version="1.0"?>${SVG}`)],
    ["a page", bytes("<!doctype html><script>alert(1)</script>")],
    ["a PDF", bytes("%PDF-1.7")],
    ["a page that speaks of a PNG", bytes(" \x89PNG\r\n<script>")],
    ["nothing", bytes()],
  ])("takes %s for no picture", (_what, head) => {
    expect(pictureType(head)).toBeNull();
  });
});

it("finds the mark of a PDF behind some other bytes, not behind many", () => {
  expect(isPdf(bytes("junk\n%PDF-1.4"))).toBe(true);
  expect(isPdf(bytes(" ".repeat(2_000), "%PDF-1.4"))).toBe(false);
});
