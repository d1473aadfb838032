import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_NAME_LENGTH, repairedName, wireName, wireType } from "./wire-name";

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

it("sends the newer office files as plain bytes, and everything else as what it is", () => {
  const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  expect([wireType(docx), wireType("image/heic")]).toEqual(["application/octet-stream", "image/heic"]);
});
