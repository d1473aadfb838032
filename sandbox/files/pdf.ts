/** A one-page A4 PDF: a title, a rule, then lines of text. Characters outside ISO-8859-1 become question marks. */
export function makePdf(title: string, lines: string[]): Uint8Array<ArrayBuffer> {
  const text = (value: string) => value.replace(/[^\u0020-\u00ff]/g, "?").replace(/[\\()]/g, "\\$&");
  const content = [
    "0.14 0.34 0.77 rg 0 792 595 50 re f",
    `BT /F2 18 Tf 1 1 1 rg 50 810 Td (${text(title)}) Tj ET`,
    "0.85 g 50 770 495 1 re f",
    "BT /F1 11 Tf 0.12 g 50 745 Td 18 TL",
    ...lines.map((line) => `(${text(line)}) Tj T*`),
    "ET",
  ].join("\n");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
  ];
  let file = "%PDF-1.4\n";
  const starts = objects.map((object, index) => {
    const start = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const table = file.length;
  const rows = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, "latin1"));
}
