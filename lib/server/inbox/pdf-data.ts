import "server-only";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "@/lib/shared/errors";

/** What of pdf.js a PDF may call for beside its program: the fonts that every PDF may take for granted, the character maps
 *  of Chinese, Japanese and Korean, and the decoders of scanners' pictures. */
const NAMES = {
  cmaps: /^[A-Za-z0-9-]{1,60}\.bcmap$/,
  standard_fonts: /^[A-Za-z]{1,60}\.(?:pfb|ttf)$/,
  wasm: /^(?:jbig2|openjpeg)\.wasm$/,
} as const;

/** One of these files, out of the installed package. The same for everybody. @throws AppError not_found */
export async function pdfData(kind: keyof typeof NAMES, name: string): Promise<Response> {
  const isKnown = NAMES[kind].test(name);
  const bytes = isKnown ? await readFile(join(packageFolder(), kind, name)).catch(absent) : null;
  if (bytes === null) throw new AppError("not_found", "no such part of pdf.js");
  return new Response(new Uint8Array(bytes), {
    headers: { "content-type": "application/octet-stream", "cache-control": "private, max-age=604800" },
  });
}

/** Where npm has put the package: beside the app, or further up. */
function packageFolder(): string {
  const here = createRequire(join(process.cwd(), "package.json"));
  return dirname(here.resolve("pdfjs-dist/package.json"));
}

function absent(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
