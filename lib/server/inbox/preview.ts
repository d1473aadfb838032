import "server-only";
import { AppError } from "@/lib/shared/errors";
import { FIRST_BYTES, isPdf, isText, pictureType } from "@/lib/shared/files/first-bytes";
import { DRAWN_TYPES, promisedPreview, TEXT_PREVIEW_BYTES } from "@/lib/shared/files/preview";
import type { Attachment } from "@/lib/shared/thread";

export interface Preview {
  type: string;
  isPicture: boolean;
  body: ReadableStream<Uint8Array>;
}

/** The bytes of a file if they may be looked at: what it is, its first bytes decide, not its name and not its type. A text
 *  ends after its first 64 kB. @throws AppError invalid_input with the reason `belied` when it gives itself out for
 *  something that can be shown and is not, `no_preview` when it never said so; MeliError when the stream breaks. */
export async function preview(
  file: Pick<Attachment, "name" | "type">,
  body: ReadableStream<Uint8Array>,
): Promise<Preview> {
  const reader = body.getReader();
  const chunks = await firstChunks(reader);
  const head = Buffer.concat(chunks).subarray(0, FIRST_BYTES);
  const picture = pictureType(head);
  if (picture !== null && DRAWN_TYPES.includes(picture)) {
    return { type: picture, isPicture: true, body: joined(chunks, reader) };
  }
  const promised = promisedPreview(file.name, file.type);
  if (isPdf(head) && promised !== "text") {
    return { type: "application/pdf", isPicture: false, body: joined(chunks, reader) };
  }
  if (promised === "text" && picture === null && !head.includes(0)) {
    const type = isText(head) || head.length === 0 ? "text/plain; charset=utf-8" : "text/plain";
    return { type, isPicture: false, body: joined(chunks, reader, TEXT_PREVIEW_BYTES) };
  }
  await reader.cancel();
  throw new AppError("invalid_input", "nothing that can be shown", {
    reason: promised === null || picture !== null ? "no_preview" : "belied",
  });
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function firstChunks(reader: Reader): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for (let size = 0; size < FIRST_BYTES; ) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.byteLength;
  }
  return chunks;
}

/** The whole stream again, or its first `limit` bytes. */
function joined(chunks: Uint8Array[], reader: Reader, limit = Number.POSITIVE_INFINITY) {
  let left = limit;
  return new ReadableStream<Uint8Array>({
    async pull(sink) {
      const chunk = chunks.shift() ?? (await reader.read()).value;
      if (chunk !== undefined && left > 0) {
        sink.enqueue(chunk.subarray(0, Math.min(left, chunk.byteLength)));
        left -= chunk.byteLength;
      }
      if (chunk !== undefined && left > 0) return;
      sink.close();
      await reader.cancel();
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
