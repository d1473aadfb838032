import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { count } from "@/lib/server/metrics/count";
import type { Runtime } from "@/lib/server/runtime";
import { CHANGES, readNumbers } from "@/lib/server/store/changes";
import { type Listener, listen } from "@/lib/server/store/listener";
import { listLiveSessions, SESSIONS } from "@/lib/server/store/sessions";
import { type ChangeVector, formatVector, parseVector } from "@/lib/shared/change-vector";
import { AppError } from "@/lib/shared/errors";
import type { AccountId, SessionId, UserId } from "@/lib/shared/ids";
import { type Line, openLine } from "./line";
import { type News, readNews } from "./read-news";

/** What comes within this time is told together. */
const GATHER_MS = 20;
/** After a read that failed. */
const AGAIN_MS = 1_000;
const BEAT_MS = 20_000;
/** What a reader that does not read gets, to take what is left, when the process stops. */
const LAST_WORDS_MS = 2_000;
/** Users who are read for at a time: the rest of the pool answers requests. */
const READS_AT_ONCE = 4;
const MAX_PER_SESSION = 20;
const MAX_PER_USER = 100;

/** One browser that listens. */
interface Viewer {
  sessionId: SessionId;
  accountIds: readonly AccountId[];
  /** Up to where it was told. */
  vector: ChangeVector;
  line: Line;
}

/** All browsers of one user: what is read for one of them serves all that stand at the same numbers. */
interface Desk {
  userId: UserId;
  viewers: Set<Viewer>;
  timer: NodeJS.Timeout | null;
  isReading: boolean;
  isWanted: boolean;
}

export interface Hub {
  /** Opens a stream of events for a session. `since` is the id of the last event that the browser has; undefined: it has
   *  everything as of now. @throws AppError slow_down when the session or its user has too many already. */
  open(
    session: Pick<Session, "userId" | "sessionId" | "accountIds">,
    since: string | undefined,
  ): Promise<ReadableStream<Uint8Array>>;
  /** Streams that are open in this process. */
  count(): number;
  /** Ends all streams, and takes no more. Their browsers come back, to another process, with what they have. */
  close(): Promise<void>;
}

function frame(kind: "change" | "reset" | "beat" | "end", vector: ChangeVector, data: string): string {
  count("stream_events", { kind });
  return `id: ${formatVector(vector)}\nevent: ${kind}\ndata: ${data}\n\n`;
}

/** The one place of a web process where changes come in and go out to browsers. A NOTIFY only says "look": what is told
 *  is read from the change feed, so a lost or doubled one costs nothing, and a replay takes the same way. */
export function createHub(rt: Runtime): Hub {
  const { pool } = rt.database;
  const desks = new Map<UserId, Desk>();
  const waiting: Desk[] = [];
  let listener: Listener | null = null;
  let beats: NodeJS.Timeout | null = null;
  let reads = 0;
  let isClosed = false;

  const viewers = () => [...desks.values()].flatMap((desk) => [...desk.viewers]);

  function start(): void {
    listener ??= listen(rt.env.databaseUrl, [CHANGES, SESSIONS], {
      onNotice(channel, payload) {
        for (const desk of desks.values()) {
          if (channel === SESSIONS) {
            if (desk.userId === payload) void recheck([desk], true);
          } else if ([...desk.viewers].some(({ accountIds }) => accountIds.some((id) => id === payload))) {
            wake(desk, GATHER_MS);
          }
        }
      },
      onGap() {
        for (const desk of desks.values()) wake(desk, 0);
        void recheck([...desks.values()], false);
      },
      onError: (error) => rt.log.warn({ err: error }, "change feed: listening again"),
    });
    beats ??= setInterval(() => void beat(), BEAT_MS);
    beats.unref();
  }

  function wake(desk: Desk, ms: number): void {
    desk.isWanted = true;
    if (desk.timer !== null || desk.isReading || isClosed) return;
    desk.timer = setTimeout(() => {
      desk.timer = null;
      waiting.push(desk);
      readNext();
    }, ms);
  }

  function readNext(): void {
    while (reads < READS_AT_ONCE) {
      const desk = waiting.shift();
      if (desk === undefined) return;
      reads += 1;
      desk.isReading = true;
      desk.isWanted = false;
      void tell(desk).then((isDone) => {
        reads -= 1;
        desk.isReading = false;
        if (!isDone) wake(desk, AGAIN_MS);
        else if (desk.isWanted) wake(desk, GATHER_MS);
        readNext();
      });
    }
  }

  /** Brings every browser of a desk up to now. False: the database did not answer. */
  async function tell(desk: Desk): Promise<boolean> {
    const places = new Map([...desk.viewers].map((viewer) => [formatVector(viewer.vector), viewer]));
    for (const [place, { vector: since, accountIds }] of places) {
      let news: News;
      try {
        news = await readNews(pool, { userId: desk.userId, accountIds }, since);
      } catch (error) {
        rt.log.warn({ err: error, userId: desk.userId }, "change feed not read");
        return false;
      }
      const text =
        news.kind === "none"
          ? null
          : frame(news.kind, news.vector, news.kind === "change" ? JSON.stringify(news.event) : "{}");
      // Whoever was set elsewhere meanwhile has been told so.
      for (const viewer of desk.viewers) {
        if (formatVector(viewer.vector) !== place) continue;
        viewer.vector = news.vector;
        if (text !== null) viewer.line.send(text);
      }
    }
    return true;
  }

  /** Ends the streams of sessions that are over, and starts those anew whose accounts are not what they were.
   *  `isTold`: something changed for sure; also those whose accounts look the same read everything again. */
  async function recheck(which: readonly Desk[], isTold: boolean): Promise<void> {
    const asked = which.flatMap((desk) => [...desk.viewers]);
    if (asked.length === 0) return;
    try {
      const live = await listLiveSessions(rt.db, [...new Set(asked.map(({ sessionId }) => sessionId))]);
      const numbers = await readNumbers(pool, [...new Set([...live.values()].flat())]);
      for (const viewer of asked) {
        const accountIds = seen(live.get(viewer.sessionId));
        if (accountIds === null) {
          viewer.line.send(frame("end", viewer.vector, "{}"));
          viewer.line.end();
        } else if (isTold || !isSame(accountIds, viewer.accountIds)) {
          viewer.accountIds = accountIds;
          viewer.vector = vectorAt(numbers, accountIds);
          viewer.line.send(frame("reset", viewer.vector, "{}"));
        }
      }
    } catch (error) {
      rt.log.warn({ err: error }, "sessions of open streams not checked");
    }
  }

  /** The accounts of a session that this installation serves. Null: the session is over. */
  function seen(accountIds: readonly AccountId[] | undefined): AccountId[] | null {
    const allowed = rt.env.allowedAccounts;
    if (accountIds === undefined) return null;
    const served = accountIds.filter((id) => allowed.length === 0 || allowed.includes(id));
    return allowed.length > 0 && served.length === 0 ? null : served;
  }

  async function beat(): Promise<void> {
    await recheck([...desks.values()], false);
    for (const viewer of viewers()) viewer.line.send(frame("beat", viewer.vector, "{}"));
  }

  return {
    async open({ userId, sessionId, accountIds }, since) {
      const others = [...(desks.get(userId)?.viewers ?? [])];
      const ofSession = others.filter((viewer) => viewer.sessionId === sessionId).length;
      if (ofSession >= MAX_PER_SESSION || others.length >= MAX_PER_USER) {
        throw new AppError("slow_down", "too many event streams", {
          reason: "streams",
          retryAt: new Date(Date.now() + 30_000),
        });
      }
      // Read before anything else: whatever the browser reads after it has this stream is told again, never left out.
      const now = vectorAt(await readNumbers(pool, accountIds), accountIds);
      const known = since === undefined ? now : parseVector(since);
      const isKnown = known !== null && isSame([...known.keys()], accountIds);
      const desk = desks.get(userId) ?? {
        userId,
        viewers: new Set(),
        timer: null,
        isReading: false,
        isWanted: false,
      };
      const line = openLine(() => {
        if (desk.viewers.delete(viewer)) count("streams", { what: "closed" });
        if (desk.viewers.size === 0 && desks.get(userId) === desk) desks.delete(userId);
      });
      const viewer: Viewer = { sessionId, accountIds, vector: isKnown ? known : now, line };
      // The first bytes carry the headers, and say where the stream stands.
      line.send(`retry: 1000\n\n${frame(isKnown ? "beat" : "reset", viewer.vector, "{}")}`);
      if (isClosed) {
        line.end();
        return line.readable;
      }
      desks.set(userId, desk);
      desk.viewers.add(viewer);
      count("streams", { what: "opened" });
      start();
      wake(desk, 0);
      // A sign-out since the request was let in was told before anybody listened for it here.
      void recheck([desk], false);
      return line.readable;
    },
    count: () => viewers().length,
    async close() {
      isClosed = true;
      if (beats !== null) clearInterval(beats);
      for (const desk of desks.values()) if (desk.timer !== null) clearTimeout(desk.timer);
      for (const { line } of viewers()) line.end();
      const until = Date.now() + LAST_WORDS_MS;
      while (viewers().length > 0 && Date.now() < until) await new Promise((next) => setTimeout(next, 20));
      for (const { line } of viewers()) line.cut();
      await listener?.close();
    },
  };
}

function vectorAt(numbers: ReadonlyMap<string, number>, accountIds: readonly AccountId[]): ChangeVector {
  return new Map(accountIds.map((id) => [id, numbers.get(id) ?? 0]));
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && new Set([...some, ...others]).size === some.length;
}
