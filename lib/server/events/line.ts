import "server-only";

/** What may wait for a reader that does not keep up. Past either, the line is cut: the browser comes back with the id of
 *  the last event it saw. */
const MAX_EVENTS = 64;
const MAX_BYTES = 1024 * 1024;

/** One open answer that events are written to. */
export interface Line {
  readable: ReadableStream<Uint8Array>;
  send(text: string): void;
  /** Ends it once everything was read. */
  end(): void;
  /** Ends it now, whatever still waits. */
  cut(): void;
}

const bytesOf = new TextEncoder();

/** @param onGone called once, when nothing more will be read: ended, cut, or the reader went. */
export function openLine(onGone: () => void): Line {
  const queue: Uint8Array[] = [];
  let queued = 0;
  let isEnding = false;
  let isGone = false;
  let wake: (() => void) | null = null;
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  function gone(): void {
    if (isGone) return;
    isGone = true;
    queue.length = 0;
    wake?.();
    onGone();
  }

  function cut(): void {
    if (isGone) return;
    // By this name the server takes it for a reader that went, not for a failure of ours.
    controller?.error(new DOMException("the reader does not keep up", "AbortError"));
    gone();
  }

  const readable = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
      },
      async pull(opened) {
        while (queue.length === 0 && !isEnding && !isGone) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        if (isGone) return;
        const next = queue.shift();
        if (next !== undefined) {
          queued -= next.byteLength;
          opened.enqueue(next);
          return;
        }
        opened.close();
        gone();
      },
      cancel: gone,
    },
    { highWaterMark: 0 },
  );

  return {
    readable,
    send(text) {
      if (isGone || isEnding) return;
      const bytes = bytesOf.encode(text);
      if (queue.length >= MAX_EVENTS || queued + bytes.byteLength > MAX_BYTES) return cut();
      queue.push(bytes);
      queued += bytes.byteLength;
      wake?.();
    },
    end() {
      isEnding = true;
      wake?.();
    },
    cut,
  };
}
