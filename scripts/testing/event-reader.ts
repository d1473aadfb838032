import { type ChangeEvent, ChangeEventSchema, STREAM_EVENTS } from "@/lib/shared/api/events";
import type { House, SignedIn } from "./house";

export interface Heard {
  id: string;
  kind: (typeof STREAM_EVENTS)[number];
  /** Of a `change`. */
  change: ChangeEvent | null;
}

/** A browser's end of `GET /api/events`, without a browser. */
export interface EventReader {
  response: Response;
  /** The next event, `beat`s and all. Null: the stream has ended. @throws Error when it was cut, or nothing came for long. */
  next(): Promise<Heard | null>;
  /** Reads on until one that is wanted. @throws Error when the stream ends before. */
  until(isWanted: (heard: Heard) => boolean): Promise<Heard>;
  leave(): Promise<void>;
}

/** Less than from one beat to the next (events/hub.ts): what the clock alone would bring comes too late. */
const LONG_MS = 15_000;

/** Opens a stream as a browser would; `since` is the id of the last event that it has. */
export async function openEvents(
  house: House,
  as: SignedIn,
  since?: { header: string } | { query: string },
): Promise<EventReader> {
  const path =
    since !== undefined && "query" in since
      ? `/api/events?since=${encodeURIComponent(since.query)}`
      : "/api/events";
  const headers: Record<string, string> =
    since !== undefined && "header" in since ? { "last-event-id": since.header } : {};
  const response = await house.call(path, { as, headers });
  if (!response.ok || response.body === null) throw new Error(`no stream: ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";

  async function next(): Promise<Heard | null> {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end !== -1) {
        const lines = text.slice(0, end).split("\n");
        text = text.slice(end + 2);
        const heard = parse(lines);
        if (heard !== null) return heard;
        continue;
      }
      const { value, done } = await within(LONG_MS, reader.read());
      if (done) return null;
      text += value;
    }
  }

  return {
    response,
    next,
    async until(isWanted) {
      for (;;) {
        const heard = await next();
        if (heard === null) throw new Error("the stream ended");
        if (isWanted(heard)) return heard;
      }
    },
    leave: () => reader.cancel(),
  };
}

function parse(lines: readonly string[]): Heard | null {
  const field = (name: string) =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
  const kind = STREAM_EVENTS.find((known) => known === field("event"));
  if (kind === undefined) return null;
  const change = kind === "change" ? ChangeEventSchema.parse(JSON.parse(field("data"))) : null;
  return { id: field("id"), kind, change };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("nothing came")), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
