import "server-only";
import pg from "pg";

/** Waits between two tries to connect. */
const PAUSES_MS = [50, 200, 500, 1_000, 2_000] as const;
/** A connection that PostgreSQL silently lost is found out this soon. */
const PROBE_MS = 10_000;

export interface Listener {
  close(): Promise<void>;
}

/** Listens on a connection of its own for as long as the process lives. Every (re)connection calls `onGap`: what was
 *  notified before it may have been missed, so look for yourself. Never throws.
 *  @param onNotice gets the channel and the payload of each NOTIFY. */
export function listen(
  databaseUrl: string,
  channels: readonly string[],
  on: {
    onNotice: (channel: string, payload: string) => void;
    onGap: () => void;
    onError?: (error: unknown) => void;
  },
): Listener {
  let isClosed = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let failures = 0;

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
      application_name: "buzon-listen",
    });
    const again = lostOnce(fresh);
    fresh.on("error", again);
    fresh.on("end", () => again(new Error("the listening connection ended")));
    fresh.on("notification", ({ channel, payload }) => on.onNotice(channel, payload ?? ""));
    try {
      await fresh.connect();
      for (const channel of channels) await fresh.query(`listen "${channel}"`);
    } catch (error) {
      again(error);
      return;
    }
    if (isClosed) return void fresh.end().catch(() => undefined);
    client = fresh;
    failures = 0;
    on.onGap();
    probeLater(fresh, again);
  }

  function probeLater(current: pg.Client, again: (error: unknown) => void): void {
    timer = setTimeout(() => {
      current.query("select 1").then(() => {
        if (client === current) probeLater(current, again);
      }, again);
    }, PROBE_MS);
  }

  /** Whatever breaks first ends this connection and plans the next one, once. */
  function lostOnce(current: pg.Client): (error: unknown) => void {
    let isLost = false;
    return (error) => {
      if (isLost) return;
      isLost = true;
      if (client === current) client = null;
      if (timer !== null) clearTimeout(timer);
      current.end().catch(() => undefined);
      if (isClosed) return;
      on.onError?.(error);
      const pause = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)];
      failures += 1;
      timer = setTimeout(() => void connect(), pause);
    };
  }

  void connect();
  return {
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
