import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { htmlToText } from "./html-text";

describe("HTML as text", () => {
  it.each([
    ["Hola, ¿cómo estás?", "Hola, ¿cómo estás?"],
    ["Uno\ndos\n\ntres", "Uno\ndos\n\ntres"],
    ["  3 < 5 y 7 > 2  ", "3 < 5 y 7 > 2"],
    ["Escribe a <ana@correo.test> hoy", "Escribe a <ana@correo.test> hoy"],
    ["Uno<br>dos<BR/>tres<br />cuatro", "Uno\ndos\ntres\ncuatro"],
    ["Uno<br><br><br><br>dos", "Uno\n\ndos"],
    ["<p>Hola,</p>\n  <p>te  pedimos\nuna   foto.</p>", "Hola,\n\nte pedimos una foto."],
    ["<div>Uno</div><div>dos</div>", "Uno\ndos"],
    [
      "Necesitamos:<ul><li>una foto</li><li>la <b>factura</b></li></ul>Gracias",
      "Necesitamos:\n\n- una foto\n- la factura\n\nGracias",
    ],
    ["<ol><li>uno</li><li>dos</li></ol>", "1. uno\n2. dos"],
    ["<ul><li>uno<ul><li>dentro</li></ul></li><li>dos</li></ul>", "- uno\n  - dentro\n- dos"],
    ["<ul><li><p>uno</p></li><li></li><li><p>dos</p></li></ul>", "- uno\n- dos"],
    ["<li>suelto", "- suelto"],
    ["<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"],
    ["Tienes <b>2</b>&nbsp;d&iacute;as &ndash; ma&ntilde;ana &#225;&#xE9;", "Tienes 2 días – mañana áé"],
    [
      "&AACUTE; &nada; &amp;lt;b&amp;gt; &#0; &#xD800; &#99999999;",
      "á &nada; &lt;b&gt; \ufffd \ufffd \ufffd",
    ],
    ["<pre>a\n b</pre>", "a\nb"],
    ["<strong>Hola</strong>\n\nmundo", "Hola\n\nmundo"],
    ["Mira <img src=x alt='la guía'> aquí", "Mira la guía aquí"],
    ["<!-- nadie lo ve -->Hola<!DOCTYPE html><?xml v?>", "Hola"],
    ["Hola <!-- nunca cerrado", "Hola nunca cerrado"],
    ["", ""],
  ])("reads %j", (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it.each([
    ['<a href="https://x.test/ayuda?a=1&amp;b=2">aquí</a>.', "aquí (https://x.test/ayuda?a=1&b=2)."],
    ['<a href="https://www.x.test/">x.test</a>', "x.test"],
    ["<a href='https://x.test/a'></a>", "https://x.test/a"],
    ["<a href=https://x.test/a>banco.test</a>", "banco.test (https://x.test/a)"],
    ['<a href="mailto:ana@x.test">ana@x.test</a>', "ana@x.test"],
    ['<a href="javascript:alert(1)">aquí</a>', "aquí"],
    ['<a href=" java\nscript:alert(1)">aquí</a>', "aquí"],
    ['<a href="data:text/html,x">aquí</a>', "aquí"],
    ['<a href="/relativo">aquí</a>', "aquí"],
    ['<a href="https://x.test/a">sin cerrar', "sin cerrar (https://x.test/a)"],
    [
      '<a href="https://x.test/a">uno<a href="https://x.test/b">dos</a>',
      "uno (https://x.test/a) dos (https://x.test/b)",
    ],
  ])("says where a link leads: %j", (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it.each([
    ["<script>alert('</b>')</script>Hola", "Hola"],
    ["<SCRIPT >x</script\n>Hola", "Hola"],
    ["Hola<script>nunca cerrado", "Hola"],
    ["<style>p{color:red}</style><title>t</title>Hola", "Hola"],
    ['<img src=x onerror="alert(1)">Hola', "Hola"],
    ['<b title="a > b">Hola</b>', "Hola"],
    ['<b title="a > b>Hola</b>', "b>Hola"],
    ["<<b>Hola</b>", "<Hola"],
    ["Hola <b", "Hola <b"],
    ["</p></ul></li>Hola", "Hola"],
    ["a\u0007b\u0000c&#7;d\re", "abcd\ne"],
  ])("shows nothing but words of %j", (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it("loses no word of a text without markup", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}\p{N} .,;:!?¿¡()>\n-]*$/u), (text) => {
        expect(htmlToText(text)).toBe(text.trim());
      }),
    );
  });

  it("gives back any text that was escaped and put in paragraphs", () => {
    const words = fc.array(fc.stringMatching(/^[\p{L}<>&"']+$/u), { minLength: 1, maxLength: 20 });
    const escaped = (text: string) =>
      text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
    fc.assert(
      fc.property(fc.array(words, { minLength: 1 }), (paragraphs) => {
        const html = paragraphs.map((one) => `<p>${escaped(one.join(" "))}</p>`).join("");
        expect(htmlToText(html)).toBe(paragraphs.map((one) => one.join(" ")).join("\n\n"));
      }),
    );
  });

  it("never throws, and never leaves a tag that is known to be one", () => {
    const piece = fc.constantFrom(
      "<b>",
      "<p",
      ">",
      "</",
      '"',
      "'",
      "<!--",
      "-->",
      "<script>",
      "</script>",
      "&lt",
      ";",
      "<a href=",
      "x ",
      "\n",
      "<li>",
      "</ol>",
      "<ol>",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const text = htmlToText(pieces.join(""));
        expect(text).not.toContain("<script>");
        expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
      }),
    );
  });

  it.each([
    "<",
    "<a",
    "<!--",
    "<!",
    '<a "',
    `<a '">`,
    "<script>",
    "<a href=x>",
    '"<b>',
    "&",
    "&#",
    "<li>",
    "<ul>",
    "</",
    "\n",
    "<p ",
  ])("takes linear time for a hundred thousand times %j", (piece) => {
    const startedAt = performance.now();
    htmlToText(`<a ${piece.repeat(100_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
