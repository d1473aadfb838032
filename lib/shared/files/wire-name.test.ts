import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimWireName, MAX_NAME_LENGTH, nameOnWire, repairedName, wireName, wireType } from "./wire-name";

const long = "ñ".repeat(250);

describe("repairedName", () => {
  it.each([
    ["foto.jpg", "foto.jpg"],
    ["a/b\\c.txt", "a-b-c.txt"],
    ["///", "-"],
    ["   ", "archivo"],
    [`${long}.pdf`, `${"ñ".repeat(196)}.pdf`],
    [long, "ñ".repeat(200)],
  ])("makes of %j what Mercado Libre takes", (name, repaired) => {
    expect(repairedName(name)).toBe(repaired);
  });

  it("leaves nothing that Mercado Libre refuses, and repairs nothing twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (name) => {
        const repaired = repairedName(name);
        expect(repaired).not.toMatch(/[/\\]/);
        expect(repaired).not.toBe("");
        expect([...repaired].length).toBeLessThanOrEqual(MAX_NAME_LENGTH);
        expect(repairedName(repaired)).toBe(repaired);
      }),
    );
  });
});

describe("wireName", () => {
  it.each([
    ["foto.JPEG", "image/jpeg", "foto.JPEG"],
    ["foto.pdf", "image/png", "foto.png"],
    ["foto", "image/jpeg", "foto.jpg"],
    ["informe v1.2", "application/pdf", "informe v1.2.pdf"],
    ["datos.csv", "text/plain", "datos.csv.txt"],
    ["pagina.html", "text/plain", "pagina.txt"],
    ["IMG_1.HEIC", "image/heic", "IMG_1.HEIC"],
    ["raro.bin", "application/unknown", "raro.bin"],
    [`${"n".repeat(200)}`, "text/plain", `${"n".repeat(196)}.txt`],
  ])("gives %s of %s the ending that fits", (name, type, wire) => {
    expect(wireName(name, type)).toBe(wire);
  });
});

describe("claimWireName", () => {
  it.each([
    ["foto del daño (1).jpg", "image/jpeg", "foto-del-dano-1.jpg"],
    ["Captura de pantalla 2026-03-02 a las 10.02.00.png", "image/png", undefined],
    ["微信图片.png", "image/png", "archivo.png"],
    ["📦.pdf", "application/pdf", "archivo.pdf"],
    [".jpg", "image/jpeg", "jpg.jpg"],
    ["-", "application/pdf", "archivo.pdf"],
    ["0..jpg", "image/jpeg", "0.jpg"],
    ["a.-.b-.png", "image/png", "a.b.png"],
    ["foto", "image/jpeg", "foto.jpg"],
    ["guía_nº-7.PDF", "application/pdf", "guia_no-7.PDF"],
    [`${"á".repeat(200)}.pdf`, "application/pdf", `${"a".repeat(121)}.pdf`],
  ])("makes of %s a name that claims take", (name, type, wire) => {
    expect(claimWireName(name, type)).toBe(wire ?? name.replaceAll(" ", "-"));
  });

  it("leaves nothing that a claim refuses, whatever it is called", () => {
    const type = fc.constantFrom("image/jpeg", "image/png", "application/pdf");
    const name = fc.string({ unit: "binary", maxLength: 400 });
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ maxLength: 300 })), type, (given, of) => {
        const wire = claimWireName(given, of);
        expect(wire).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,124}$/);
        expect(wire).toMatch(/[^.]\.(?:jpe?g|png|pdf)$/i);
      }),
      { numRuns: 2_000 },
    );
  });

  it("changes names on claims alone", () => {
    expect(nameOnWire("messages", "daño 1.jpg", "image/jpeg")).toBe("daño 1.jpg");
    expect(nameOnWire("claims", "daño 1.jpg", "image/jpeg")).toBe("dano-1.jpg");
  });
});

it("sends the newer office files as plain bytes, and everything else as what it is", () => {
  const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  expect([wireType(docx), wireType("image/heic")]).toEqual(["application/octet-stream", "image/heic"]);
});
