import { z } from "zod";
import { LaunchError } from "@/scripts/launcher/launch-error";

/** The format of the file that this release writes and reads. */
export const FORMAT = 1;

/** Inside the compression: this line, then frames. A frame is one letter for its kind, the length of its body in 4 bytes,
 *  and the body. In order: one header; per table its begin, its rows as COPY writes them, its end; one finish. */
const MAGIC = Buffer.from("BUZON BACKUP\n");
const KINDS = ["header", "begin", "rows", "end", "finish"] as const;
type Kind = (typeof KINDS)[number];
/** Rows come in pieces of at most this size, so that reading never needs more memory. */
const PIECE = 1 << 20;
const HEAD = 5;

export const Header = z.object({
  format: z.literal(FORMAT),
  at: z.string(),
  release: z.string(),
  postgres: z.string(),
  /** The digest of each migration that was applied, in order. */
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number() })),
});
export type Header = z.infer<typeof Header>;

export const TableBegin = z.object({ name: z.string() });
export const TableEnd = z.object({ name: z.string(), rows: z.number(), sha256: z.string() });
export const Finish = z.object({ sequences: z.array(z.object({ name: z.string(), last: z.string() })) });

export interface Frame {
  kind: Kind;
  body: Buffer;
}

/** The first bytes of every backup. */
export const opening = (): Buffer => MAGIC;

/** A frame, or several when rows are many. */
export function* pack(kind: Kind, body: Buffer | object): Generator<Buffer> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  for (let at = 0; at === 0 || at < bytes.length; at += PIECE) {
    const piece = kind === "rows" ? bytes.subarray(at, at + PIECE) : bytes;
    const head = Buffer.alloc(HEAD);
    head.write(kind.charAt(0), "latin1");
    head.writeUInt32BE(piece.length, 1);
    yield head;
    yield piece;
    if (kind !== "rows") return;
  }
}

/** The frames of a backup's uncompressed bytes.
 *  @throws LaunchError when they are not those of a backup, or end before the finish. */
export async function* unpack(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const input = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  /** Exactly so many bytes; null at the end of the file. */
  async function take(count: number): Promise<Buffer | null> {
    const parts = [held];
    let length = held.length;
    while (length < count) {
      const next = await input.next();
      if (next.done === true) return null;
      parts.push(next.value);
      length += next.value.length;
    }
    const whole = parts.length === 1 ? held : Buffer.concat(parts, length);
    held = whole.subarray(count);
    return whole.subarray(0, count);
  }
  const magic = await take(MAGIC.length);
  if (magic === null || !magic.equals(MAGIC)) throw notOurs();
  for (;;) {
    const head = await take(HEAD);
    if (head === null) throw cutShort();
    const kind = KINDS.find((name) => name.charAt(0) === String.fromCharCode(head[0] ?? 0));
    const length = head.readUInt32BE(1);
    if (kind === undefined || (kind === "rows" && length > PIECE)) throw damaged();
    const body = await take(length);
    if (body === null) throw cutShort();
    if (kind !== "finish") {
      yield { kind, body };
      continue;
    }
    // To the very end: the compression's own checksum is there.
    if (held.length > 0 || (await input.next()).done !== true) throw damaged();
    yield { kind, body };
    return;
  }
}

/** Reads what a frame says of the backup. @throws LaunchError */
export function parseBody<T extends z.ZodType>(schema: T, frame: Frame): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(frame.body.toString("utf8"));
  } catch {
    throw damaged();
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const format = typeof value === "object" && value !== null && "format" in value ? value.format : FORMAT;
  if (frame.kind === "header" && format !== FORMAT) {
    throw new LaunchError(
      `This backup has format ${String(format)}, and this Buzón reads format ${FORMAT}: restore it with the release that wrote it.`,
    );
  }
  throw damaged();
}

export const notOurs = () => new LaunchError("This file is not a backup of Buzón.");
export const cutShort = () =>
  new LaunchError("The backup ends in the middle: the file was cut. Nothing was restored.");
export const damaged = () => new LaunchError("The backup is damaged. Nothing was restored.");
