import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText, sameMessageText } from "./message-text";

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("'", "&#39;");

describe("a text as plain words", () => {
  it.each([
    ["Uno<br>Dos<br/>Tres", "Uno\nDos\nTres"],
    ["Tom &amp; Co &quot;hoy&quot; &apos;ya&apos;", "Tom & Co \"hoy\" 'ya'"],
    ["Ma&#241;ana &#x2713;", "Mañana ✓"],
    ["&#0; &#9999999; &desconocida;", "&#0; &#9999999; &desconocida;"],
    ['<a href="https://a.ar">https://a.ar</a>', "https://a.ar"],
  ])("%s", (wire, plain) => {
    expect(plainText(wire)).toBe(plain);
  });
});

describe("a reply is known again", () => {
  it("whatever it holds, after Mercado Libre has trimmed it, broken its lines anew and escaped it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        expect(sameMessageText(` ${escaped(text).replaceAll("\n", "<br>")} `, text)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(["Uso <b> y &#39; a propósito", "si a < b y c > d", "&amp;lt;"])(
    "also with markup of its own: %s",
    (text) => {
      expect(sameMessageText(escaped(text), text)).toBe(true);
    },
  );

  it("and another one is not taken for it", () => {
    expect(sameMessageText("Sale hoy", "Sale mañana")).toBe(false);
    expect(sameMessageText("", "Sale hoy")).toBe(false);
  });
});
