import { STREAM_EVENTS } from "@/lib/shared/api/events";

export type EventKind = (typeof STREAM_EVENTS)[number];

/** The server says something every 20 s. A line that is silent for longer than this is dead, whatever the browser thinks. */
export const SILENCE_MS = 45_000;
const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** The wait before the next try: doubles from one second to thirty, and is spread so that a server that comes back is not
 *  asked by everybody at once. @param random 0 to 1. */
export function pauseAfter(failures: number, random: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * (0.5 + random / 2);
}

/** One stream of events that is opened again whenever it breaks. */
export interface EventLine {
  /** Try now: the network is back, or the machine was asleep. */
  kick(): void;
  /** To be called every few seconds: gives up on a line that went silent. */
  check(): void;
  close(): void;
}

export interface LineOptions {
  /** The id of the last event that was heard. */
  since(): string;
  onEvent(kind: EventKind, id: string, data: string): void;
  /** It broke, or was refused: an EventSource does not say why. */
  onLost(): void;
}

export function openEventLine({ since, onEvent, onLost }: LineOptions): EventLine {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let heardAt = 0;

  function connect(): void {
    clearTimeout(timer);
    source?.close();
    const opened = new EventSource(`/api/events?since=${encodeURIComponent(since())}`);
    source = opened;
    heardAt = Date.now();
    for (const kind of STREAM_EVENTS) {
      opened.addEventListener(kind, ({ data, lastEventId }) => {
        if (source !== opened) return;
        failures = 0;
        heardAt = Date.now();
        onEvent(kind, lastEventId, String(data));
      });
    }
    // Its own way of coming back knows neither a longer pause nor a refusal.
    opened.onerror = () => {
      if (source !== opened) return;
      opened.close();
      source = null;
      failures += 1;
      onLost();
      timer = setTimeout(connect, pauseAfter(failures, Math.random()));
    };
  }

  connect();
  return {
    kick: connect,
    check() {
      if (source === null || Date.now() - heardAt < SILENCE_MS) return;
      onLost();
      connect();
    },
    close() {
      clearTimeout(timer);
      source?.close();
      source = null;
    },
  };
}
