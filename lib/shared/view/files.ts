/** How a file is told apart at a glance. */
export type FileKind = "image" | "pdf" | "sheet" | "document" | "text" | "other";

const KINDS: readonly [RegExp, FileKind][] = [
  [/^image\//, "image"],
  [/pdf$/, "pdf"],
  [/excel|spreadsheet|csv/, "sheet"],
  [/msword|wordprocessing/, "document"],
  [/^text\/|xml$/, "text"],
];

export function fileKindOf(type: string | null): FileKind {
  return KINDS.find(([pattern]) => pattern.test(type ?? ""))?.[1] ?? "other";
}

const TYPE_LABELS: Readonly<Record<string, string>> = {
  "image/jpeg": "JPG",
  "text/plain": "TXT",
  "application/msword": "DOC",
  "application/vnd.ms-excel": "XLS",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
};

/** The word for a type that people know: PDF, JPG, TXT. */
export function typeLabel(type: string | null): string {
  return TYPE_LABELS[type ?? ""] ?? (type?.split("/").at(-1) ?? "").toUpperCase();
}

/** The same for a file: the ending of its name wins when it is a short one. */
export function fileTypeLabel(name: string, type: string | null): string {
  return /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toUpperCase() ?? typeLabel(type);
}

/** A size in decimal units, as Mercado Libre states its limits: `220 kB`, `1.4 MB`. */
export function formatBytes(bytes: number, locale: string): string {
  const [unit, divisor] = bytes < 1000 ? ["B", 1] : bytes < 1_000_000 ? ["kB", 1000] : ["MB", 1_000_000];
  const value = bytes / Number(divisor);
  const digits = unit === "MB" && value < 10 ? 1 : 0;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)} ${unit}`;
}

/** Pictures load only from Mercado Libre's own image hosts, over https; anything else is not shown. */
export function pictureOf(address: string | null): string | null {
  if (address === null) return null;
  try {
    const url = new URL(address);
    if (url.protocol === "http:") url.protocol = "https:";
    const isAllowed = url.hostname === "mlstatic.com" || url.hostname.endsWith(".mlstatic.com");
    return url.protocol === "https:" && url.port === "" && isAllowed ? url.href : null;
  } catch {
    return null;
  }
}
