import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/shared/message-text";
import { plainOf, type Segment, safeHref, segmentsOf } from "./rich-text";

const text = (value: string): Segment => ({ kind: "text", text: value });
const link = (href: string, words = href): Segment => ({ kind: "link", href, text: words });

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

  it.each<[string, string, Segment[]]>([
    [
      "an anchor in an anchor",
      `<a href="javascript:x"><a href="https://example.com/">uno</a></a>`,
      [text(`<a href="`), link("https://example.com/"), text(`">uno`), text("</a>")],
    ],
    [
      "an anchor that is left open",
      `<a href="https://example.com/">uno`,
      [text(`<a href="`), link("https://example.com/"), text(`">uno`)],
    ],
    ["a script", "<script>alert(1)</script>", [text("<script>alert(1)</script>")]],
    [
      "an event on an anchor",
      `<a onclick="x()" href='https://example.com/'>uno</a>`,
      [link("https://example.com/", "uno")],
    ],
    [
      "an address that hides in another attribute",
      `<a data-href="https://example.com/">uno</a>`,
      [text(`<a data-href="`), link("https://example.com/"), text(`">uno</a>`)],
    ],
    [
      "another tag of the same letter",
      `<article href="https://x.example/">uno</a>`,
      [text(`<article href="`), link("https://x.example/"), text(`">uno</a>`)],
    ],
    ["an address made of entities", `<a href="&#106;avascript:alert(1)">uno</a>`, [text("uno")]],
    ["one in hexadecimal", `<a href="&#x6A;avascript:alert(1)">uno</a>`, [text("uno")]],
    ["markup that is escaped", "&lt;b&gt;uno&lt;/b&gt; &#x27;dos&#39;", [text("<b>uno</b> 'dos'")]],
    ["what is escaped twice", "&amp;lt;b&amp;gt;", [text("&lt;b&gt;")]],
    ["entities of no character", "&#0;&#8;&#xd800;&#99999999;", [text("&#0;&#8;&#xd800;&#99999999;")]],
    [
      "a name before the host",
      "https://mercadolibre.com@example.com/x",
      [text("https://mercadolibre.com@example.com/x")],
    ],
  ])("takes %s for what it is", (_, source, segments) => {
    expect(segmentsOf(source)).toEqual(segments);
  });

  it("names the host that a link leads to when its words name another", () => {
    expect(segmentsOf(`<a href="https://example.com/x">www.mercadolibre.com.ar/pagar</a>`)).toEqual([
      link("https://example.com/x", "www.mercadolibre.com.ar/pagar (example.com)"),
    ]);
    expect(segmentsOf(`<a href="https://example.com/x">example.com/x</a>`)).toEqual([
      link("https://example.com/x", "example.com/x"),
    ]);
  });

  it.each([
    ["anchors that are never closed", `<a href="https://example.com">`],
    ["anchors that are never even opened", "<a "],
    ["closings alone", "</a>"],
    ["addresses full of stops", "https://a..........."],
    ["entities", "&amp;&lt;&#39;"],
    ["line breaks", "<br><br/>\r\n"],
    ["brackets", "<<<>>><a<br"],
    ["spaces", "<a          href          "],
    ["anchors without an address", "<a>"],
  ])("takes no longer than the text is long: %s", (_, piece) => {
    const source = `${piece.repeat(Math.ceil(300_000 / piece.length))}</a>`;
    const began = process.cpuUsage();
    segmentsOf(source);
    plainOf(source);
    plainText(source);
    // A quadratic one takes minutes. In time of our own: what else runs on the machine says nothing of the text.
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(2_000);
  });

  it("shows nothing as markup or as another link, whatever hostile pieces are put together", () => {
    const piece = fc.constantFrom(
      `<a href="`,
      `javascript:alert(1)`,
      `data:text/html,<script>`,
      `">`,
      `</a>`,
      `<a href='https://example.com'>`,
      `<br>`,
      `<img src=x onerror=`,
      `&lt;`,
      `&#106;`,
      `&quot;`,
      `"`,
      `'`,
      ` onmouseover="x"`,
      `https://example.com/?a=`,
      ` `,
      `\n`,
      `uno`,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        for (const segment of segmentsOf(pieces.join(""))) {
          if (segment.kind !== "link") continue;
          expect(segment.href).toMatch(/^https?:\/\/[a-z0-9.-]+/);
          expect(segment.href).not.toMatch(/["'<>\s]/);
        }
      }),
      { numRuns: 2_000 },
    );
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
