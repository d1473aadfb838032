import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "@/lib/server/log";

/** Work that nobody waits for, except a stop. What throws is logged and hinders nothing else. */
export interface Background {
  readonly signal: AbortSignal;
  /** Starts it now. */
  start(what: string, work: () => Promise<unknown>): void;
  /** Starts it after a while, unless a stop comes first. */
  later(ms: number, what: string, work: () => Promise<unknown>): void;
  /** Runs it at once and then again after each pause, one run at a time, until a stop. */
  every(ms: number, what: string, work: () => Promise<unknown>): void;
  /** Starts nothing more; resolves when all that runs has ended. */
  stop(): Promise<void>;
}

export function createBackground(log: Log): Background {
  const stopping = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  const { signal } = stopping;

  async function guarded(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.warn({ err: error, what }, "background work failed");
    }
  }

  async function repeat(ms: number, what: string, work: () => Promise<unknown>): Promise<void> {
    while (!signal.aborted) {
      await guarded(what, work);
      await pause(ms, undefined, { signal }).catch(() => undefined);
    }
  }

  function keep(run: Promise<void>): void {
    const kept = run.finally(() => running.delete(kept));
    running.add(kept);
  }

  function start(what: string, work: () => Promise<unknown>): void {
    if (!signal.aborted) keep(guarded(what, work));
  }

  return {
    signal,
    start,
    later(ms, what, work) {
      if (signal.aborted) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        start(what, work);
      }, ms);
      timers.add(timer);
    },
    every: (ms, what, work) => keep(repeat(ms, what, work)),
    async stop() {
      stopping.abort();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
