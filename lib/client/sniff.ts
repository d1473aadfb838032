import { FIRST_BYTES, typeByFirstBytes } from "@/lib/shared/files/first-bytes";

/** Reads the first bytes of a picked file and tells its type; null for what Mercado Libre cannot take. */
export async function sniffFile(file: File): Promise<string | null> {
  const head = await file.slice(0, FIRST_BYTES).arrayBuffer();
  return typeByFirstBytes(new Uint8Array(head), file.name);
}
