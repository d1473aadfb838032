import type { PDFDocumentProxy } from "pdfjs-dist";

export type OpenedPdf =
  | { kind: "open"; document: PDFDocumentProxy; close: () => void }
  /** It asks for a password. */
  | { kind: "locked" }
  | { kind: "broken" };

/** Where our server keeps what a PDF may call for. */
const PARTS = "/api/pdf-data";

/** No picture within a PDF may be larger than this, in pixels: one of a few bytes can claim to be of many gigabytes. */
const LARGEST_PICTURE = 64_000_000;

/** Opens a PDF for drawing, and for nothing else: no scripts, no forms, no links. It is read in a worker whose own policy
 *  lets it reach nothing (next.config.js, docs/decisions/045). Never throws. */
export async function openPdf(bytes: Uint8Array<ArrayBuffer>): Promise<OpenedPdf> {
  const { getDocument, PasswordException, PDFWorker, VerbosityLevel } = await import(
    "pdfjs-dist/legacy/build/pdf.mjs"
  );
  const port = workerAt(new URL("pdfjs-dist/legacy/build/pdf.worker.min.mjs", import.meta.url).href);
  const worker = PDFWorker.create({ port });
  const close = () => {
    worker.destroy();
    port.terminate();
  };
  try {
    const task = getDocument({
      data: bytes,
      worker,
      enableXfa: false,
      maxImageSize: LARGEST_PICTURE,
      cMapUrl: `${PARTS}/cmaps/`,
      standardFontDataUrl: `${PARTS}/standard_fonts/`,
      wasmUrl: `${PARTS}/wasm/`,
      // The worker may ask nobody: the page asks for it.
      useWorkerFetch: false,
      verbosity: VerbosityLevel.ERRORS,
    });
    const failure = new Promise<never>((_, reject) => {
      port.addEventListener("error", (event) => reject(new Error(event.message)), { once: true });
    });
    const document = await Promise.race([task.promise, failure]);
    return { kind: "open", document, close };
  } catch (error) {
    close();
    return { kind: error instanceof PasswordException ? "locked" : "broken" };
  }
}

/** Made by us: pdf.js itself would read the file on this page when a worker does not start. Its address comes as a text, or
 *  the bundler would wrap the worker in a loader of chunks, for which its policy would have to be open. */
function workerAt(address: string): Worker {
  return new Worker(address, { type: "module" });
}
