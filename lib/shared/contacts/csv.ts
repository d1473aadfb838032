export type CsvCell = string | number | null;

/** By which a spreadsheet of any locale knows UTF-8. */
const BOM = "\ufeff";

/** What a spreadsheet would take for a formula, also after blanks and in full width, or for the edge of a cell. */
const FORMULA = /^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/**
 * A table as a file: RFC 4180 (commas, CRLF, quotes where needed) in UTF-8 with its mark. Numbers are written for machines,
 * with a point and nothing between thousands, and are the only cells that may begin with a minus: a text that a
 * spreadsheet would run gets an apostrophe before it. What is not known is an empty cell. Pure.
 * @throws RangeError for a row that is not as long as the header
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [header, ...rows].map((row) => {
    if (row.length !== header.length) throw new RangeError("a row is not as long as the header");
    return `${row.map(cellOf).join(",")}\r\n`;
  });
  return BOM + lines.join("");
}

function cellOf(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? plain(cell) : "";
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Without an exponent, which some spreadsheets take for text. */
const plain = (number: number): string => {
  const written = String(number);
  return /e/i.test(written)
    ? number.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 })
    : written;
};
