/** A file that every reader takes for HEIC by its first box, and no reader can draw: the picture in it is empty.
 *  A real one needs an HEVC encoder; what matters here is what happens to the kind (messages.md 2.4, CBT types). */
export function makeHeic(label: string): Uint8Array<ArrayBuffer> {
  const brands = box("ftyp", Buffer.concat([Buffer.from("heic"), Buffer.alloc(4), Buffer.from("mif1heic")]));
  const handler = Buffer.concat([Buffer.alloc(8), Buffer.from("pict"), Buffer.alloc(13)]);
  const meta = box("meta", Buffer.concat([Buffer.alloc(4), box("hdlr", handler)]));
  return new Uint8Array(Buffer.concat([brands, meta, box("mdat", Buffer.from(label, "utf8"))]));
}

/** Size, kind, content (ISO/IEC 14496-12). */
function box(kind: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.byteLength);
  head.write(kind, 4, "latin1");
  return Buffer.concat([head, content]);
}
