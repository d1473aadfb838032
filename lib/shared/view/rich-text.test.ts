import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainOf, safeHref, segmentsOf } from "./rich-text";

const text = (value: string) => ({ kind: "text", text: value });

describe("segmentsOf", () => {
  it("turns <br> and line ends into breaks", () => {
    const br = { kind: "break" };
    expect(segmentsOf("a<br>b<br/>c\nd\r\ne")).toEqual([
      text("a"),
      br,
      text("b"),
      br,
      text("c"),
      br,
      text("d"),
      br,
      text("e"),
    ]);
  });

  it("keeps a link's address and its words", () => {
    expect(segmentsOf(`Ver <a class="x" href="https://example.com/a?b=1&amp;c=2">la guía</a>.`)).toEqual([
      text("Ver "),
      { kind: "link", href: "https://example.com/a?b=1&c=2", text: "la guía" },
      text("."),
    ]);
  });

  it("links addresses written plainly, without the full stop that ends the sentence", () => {
    expect(segmentsOf("Está en https://example.com/x.")).toEqual([
      text("Está en "),
      { kind: "link", href: "https://example.com/x", text: "https://example.com/x" },
      text("."),
    ]);
  });

  it.each([
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,x",
    "java\tscript:alert(1)",
    "vbscript:x",
    "/relative",
  ])("never links %s", (address) => {
    expect(safeHref(address)).toBeNull();
    expect(segmentsOf(`<a href="${address}">aquí</a>`)).toEqual([text("aquí")]);
  });

  it("shows any other markup as the text that it is", () => {
    expect(segmentsOf("<img src=x onerror=alert(1)>")).toEqual([text("<img src=x onerror=alert(1)>")]);
  });

  it("makes no link that is not http or https, whatever comes in", () => {
    fc.assert(
      fc.property(fc.string(), fc.webUrl(), fc.string(), (a, url, b) => {
        for (const segment of segmentsOf(`${a}<a href="${url}">${b}</a>${a}${url}`)) {
          if (segment.kind === "link") expect(segment.href).toMatch(/^https?:\/\//);
        }
      }),
    );
  });

  it("loses no word of a text without markup", () => {
    fc.assert(
      fc.property(fc.string(), (source) => {
        fc.pre(!/[<&]/.test(source));
        const words = segmentsOf(source).map((segment) => (segment.kind === "break" ? "\n" : segment.text));
        expect(words.join("")).toBe(source.replace(/\r\n|\r/g, "\n"));
      }),
    );
  });
});

describe("plainOf", () => {
  it("puts a message on one line without its markup", () => {
    expect(plainOf(`Hola<br>ver <a href="https://x.com">esto</a> &amp; más`)).toBe("Hola ver esto & más");
  });
});
