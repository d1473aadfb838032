import { type EventKind, type EventLine, type LineOptions, SILENCE_MS } from "@/lib/client/event-line";
import { type ChangeVector, coversVector, formatVector, parseVector } from "@/lib/shared/change-vector";

/** One stream per browser: the tab that holds a lock has the line to the server and tells the others what it hears. When
 *  it goes, another takes over from the last id it knows. Every tab keeps its own account of what it has, so that a tab
 *  that missed something notices and reads everything again. */

/** What tabs tell each other. `from`: where the teller stood before; `id`: where it stands now. */
export type Relay =
  | { what: "event"; kind: EventKind; from: string; id: string; data: string }
  | { what: "state"; isOpen: boolean; id: string }
  | { what: "hello" };

/** The part of the Web Locks API that is needed. */
export interface Locks {
  request(
    name: string,
    options: { signal?: AbortSignal; steal?: boolean },
    hold: () => Promise<void>,
  ): Promise<unknown>;
}

export interface World {
  /** Null: this browser has none, and each tab has a line of its own. */
  locks: Locks | null;
  /** What tabs talk over. */
  openChannel(name: string, onMessage: (relay: Relay) => void): { post(relay: Relay): void; close(): void };
  openLine(options: LineOptions): EventLine;
  isVisible(): boolean;
}

export interface StreamOptions {
  userId: string;
  /** What this tab's cache has. */
  start: ChangeVector;
  onChange(data: string): void;
  /** Something is missing: read everything again. */
  onReset(): void;
  onEnd(): void;
  onState(isOpen: boolean): void;
}

export interface Stream {
  /** Another way found out that this is where the accounts stand. True: this tab did not have it all, and its owner must
   *  now read everything again. */
  caughtUp(vector: ChangeVector): boolean;
  /** To be called every few seconds. */
  tick(): void;
  /** The network is back, the tab is seen again, the machine woke up. */
  wake(): void;
  leave(): void;
}

/** Beats come more often than this: a tab that comes back and heard nothing for longer asks. */
const LATE_MS = 25_000;

export function joinStream(options: StreamOptions, world: World): Stream {
  const name = `buzon-stream:${options.userId}`;
  let vector = options.start;
  let heardAt = Date.now();
  let line: EventLine | null = null;
  let isOpen = false;
  let turn = new AbortController();
  let hasLeft = false;
  const { locks } = world;
  const channel = locks === null ? null : world.openChannel(name, hear);

  function setOpen(next: boolean): void {
    if (isOpen === next) return;
    isOpen = next;
    options.onState(next);
  }

  function take(kind: EventKind, from: ChangeVector, id: ChangeVector, data: string): void {
    setOpen(true);
    const isKnown = kind !== "reset" && coversVector(vector, id);
    const isNext = kind !== "reset" && coversVector(vector, from);
    if (!isKnown) vector = id;
    if (kind === "end") options.onEnd();
    else if (isKnown) return;
    else if (!isNext) options.onReset();
    else if (kind === "change") options.onChange(data);
  }

  /** The line is this tab's own: what it says follows what it said before. */
  function lead(): void {
    heardAt = Date.now();
    line = world.openLine({
      since: () => formatVector(vector),
      onEvent(kind, text, data) {
        const id = parseVector(text);
        if (id === null) return;
        heardAt = Date.now();
        channel?.post({ what: "event", kind, from: formatVector(vector), id: text, data });
        take(kind, vector, id, data);
      },
      onLost() {
        setOpen(false);
        sayState();
      },
    });
  }

  function stopLeading(): void {
    line?.close();
    line = null;
  }

  function sayState(): void {
    if (line !== null) channel?.post({ what: "state", isOpen, id: formatVector(vector) });
  }

  function hear(relay: Relay): void {
    if (relay.what === "hello") sayState();
    // Whoever leads believes its own line only: another that still talks has lost the lock and will notice.
    else if (!hasLeft && line === null) hearLeader(relay);
  }

  function hearLeader(relay: Exclude<Relay, { what: "hello" }>): void {
    heardAt = Date.now();
    const id = parseVector(relay.id);
    if (id === null) return;
    if (relay.what === "event") {
      take(relay.kind, parseVector(relay.from) ?? id, id, relay.data);
      return;
    }
    setOpen(relay.isOpen);
    if (!relay.isOpen || coversVector(vector, id)) return;
    vector = id;
    options.onReset();
  }

  /** Waits for its turn to lead, or takes it from a tab that went silent; again whenever it was lost. */
  function compete(isStealing: boolean): void {
    if (locks === null) {
      lead();
      return;
    }
    turn.abort();
    const mine = new AbortController();
    turn = mine;
    const hold = () =>
      new Promise<void>((release) => {
        if (mine.signal.aborted) return release();
        lead();
        mine.signal.addEventListener("abort", () => release());
      });
    void locks
      .request(name, isStealing ? { steal: true } : { signal: mine.signal }, hold)
      .catch(() => undefined)
      .then(() => {
        if (turn !== mine || hasLeft) return;
        stopLeading();
        compete(false);
      });
  }

  compete(false);
  channel?.post({ what: "hello" });
  return {
    caughtUp(next) {
      if (coversVector(vector, next)) return false;
      vector = next;
      return true;
    },
    tick() {
      if (line !== null) return line.check();
      if (Date.now() - heardAt < SILENCE_MS) return;
      setOpen(false);
      if (!world.isVisible()) return;
      heardAt = Date.now();
      compete(true);
    },
    wake() {
      if (line !== null && (!isOpen || Date.now() - heardAt > LATE_MS)) line.kick();
      else channel?.post({ what: "hello" });
    },
    leave() {
      hasLeft = true;
      turn.abort();
      stopLeading();
      channel?.close();
    },
  };
}
