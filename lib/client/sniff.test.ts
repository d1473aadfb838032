import { describe, expect, it } from "vitest";
import { sniffFile, sniffType } from "./sniff";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)),
  );

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

describe("sniffType", () => {
  it.each([
    ["image/jpeg", bytes([0xff, 0xd8, 0xff, 0xe0], "JFIF")],
    ["image/png", bytes([0x89], "PNG\r\n", [0x1a, 0x0a])],
    ["application/pdf", bytes("%PDF-1.7\n")],
    ["image/heic", bytes([0, 0, 0, 24], "ftypheic")],
    ["image/heif", bytes([0, 0, 0, 24], "ftypmif1")],
    ["application/xml", bytes('<?xml version="1.0"?><nfe/>')],
    ["text/plain", bytes("Hola")],
  ])("knows %s by its first bytes", (type, head) => {
    expect(sniffType(head, "x.bin")).toBe(type);
  });

  it("tells Word from Excel by name, and takes no other file of their kind", () => {
    expect(sniffType(bytes(OLE), "a.DOC")).toBe("application/msword");
    expect(sniffType(bytes(OLE), "a.xls")).toBe("application/vnd.ms-excel");
    expect(sniffType(bytes(OLE), "a.msi")).toBeNull();
  });

  it.each([
    ["a program called .pdf", bytes("MZ", [0x90, 0, 3, 0])],
    ["an archive", bytes("PK", [3, 4, 20, 0])],
    ["a film", bytes([0, 0, 0, 24], "ftypisom")],
    ["bytes that are no UTF-8", bytes([0xc3, 0x28, 0x41])],
    ["nothing", bytes()],
  ])("takes no %s", (_what, head) => {
    expect(sniffType(head, "factura.pdf")).toBeNull();
  });

  it("takes a text whose beginning ends in the middle of a character", () => {
    expect(sniffType(Uint8Array.from([...Buffer.from("señ")].slice(0, 3)), "a.txt")).toBe("text/plain");
  });

  it("reads only the beginning of a file", async () => {
    const long = new File(["a".repeat(5_000), Uint8Array.from([0xff, 0xfe, 0])], "a.txt");
    expect(await sniffFile(long)).toBe("text/plain");
  });
});
