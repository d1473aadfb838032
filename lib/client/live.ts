import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import * as z from "zod/mini";
import { followChanges } from "@/lib/client/apply-change";
import { isLive, reportStream } from "@/lib/client/connection";
import { keys, type ThreadRef, type Viewer } from "@/lib/client/keys";
import { summaryOptions, threadOptions } from "@/lib/client/queries";
import { reportSignedOut } from "@/lib/client/signed-out";
import { joinStream, type Stream } from "@/lib/client/stream";
import { browserWorld } from "@/lib/client/stream-world";
import { ChangeEventSchema } from "@/lib/shared/api/events";
import type { Summary } from "@/lib/shared/api/inbox";
import type { ChangeVector } from "@/lib/shared/change-vector";

/** How the browser learns that something changed: it is told, by the one stream of this browser. While there is none, a
 *  visible tab asks. */
const POLL_MS = 4_000;
/** A gap this long between two ticks of a visible tab: the machine was asleep. */
const SLEEP_MS = 10_000;

let isLeaving = false;
let stopAsking: (() => void) | null = null;

/** The session is about to end by this tab's own wish: that is no news, and nothing is asked that would be refused.
 *  `false`: it did not. */
export function expectEnd(isExpected: boolean): void {
  isLeaving = isExpected;
  if (isExpected) stopAsking?.();
}

const vectorOf = (summary: Summary): ChangeVector =>
  new Map(summary.accounts.map(({ id, change }) => [id, change]));

/** Keeps the cache as fresh as the server says it must be, for as long as the page lives. One caller per page. */
export function useLive({ userId }: Viewer): void {
  const client = useQueryClient();
  // Another current account makes no other stream.
  useEffect(() => startLive(client, { userId, currentAccountId: null }), [client, userId]);
}

function startLive(client: QueryClient, viewer: Viewer): () => void {
  const changes = followChanges(client, viewer);
  let stream: Stream | null = null;
  let polledAt = 0;

  /** Nothing is lost when it fails: the next one asks again, and a session that is over is reported on the way. */
  const readSummary = () =>
    client.fetchQuery({ ...summaryOptions(viewer), staleTime: 0 }).catch(() => undefined);

  function join(known: Summary): void {
    stream = joinStream(
      {
        userId: viewer.userId,
        start: vectorOf(known),
        onChange(data) {
          const event = z.safeParse(ChangeEventSchema, JSON.parse(data));
          if (event.success) changes.apply(event.data);
          else onReset();
        },
        onReset,
        onEnd: () => {
          if (!isLeaving) reportSignedOut();
        },
        onState(isOpen) {
          reportStream(isOpen);
          // Why it was lost is not told: an answer to this tells whether the session is over.
          if (!isOpen) void poll();
        },
      },
      browserWorld,
    );
  }

  /** Lists are read after the summary, so that they are never behind the numbers in it. */
  function onReset(): void {
    void readSummary().then(changes.reset);
  }

  async function poll(): Promise<void> {
    polledAt = Date.now();
    if (isLeaving) return;
    const summary = await readSummary();
    if (summary === undefined || isOver) return;
    if (stream === null) join(summary);
    else if (stream.caughtUp(vectorOf(summary))) changes.reset();
  }

  let isOver = false;
  let tickedAt = Date.now();
  const wake = () => {
    if (document.visibilityState === "visible") stream?.wake();
  };
  function tick(): void {
    const isVisible = document.visibilityState === "visible";
    const now = Date.now();
    if (isVisible && now - tickedAt > SLEEP_MS) wake();
    tickedAt = now;
    stream?.tick();
    if (isVisible && !isLive() && now - polledAt >= POLL_MS - 500) void poll();
  }

  const seeded = client.getQueryData<Summary>(keys.summary(viewer));
  stopAsking = () => void client.cancelQueries({ queryKey: keys.summary(viewer) });
  reportStream(false);
  if (seeded === undefined) void poll();
  else join(seeded);
  polledAt = Date.now();
  const timer = setInterval(tick, POLL_MS);
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", wake);
  return () => {
    isOver = true;
    stopAsking = null;
    clearInterval(timer);
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
    window.removeEventListener("pageshow", wake);
    stream?.leave();
    changes.close();
    reportStream(false);
  };
}

/** The newest summary. Asks for nothing by itself. */
export function useSummary(viewer: Viewer): Summary | undefined {
  return useQuery({ ...summaryOptions(viewer), enabled: false }).data;
}

/** How the list knows an open conversation: a chain of questions is opened by any of them. Null: it was not read yet. Asks
 *  for nothing by itself. */
export function useAnchorOf(viewer: Viewer, ref: ThreadRef): string | null {
  const { data: anchor = null } = useQuery({
    ...threadOptions(viewer, ref),
    select: (view) => view.row.externalId,
    enabled: false,
  });
  return anchor;
}

/** What was sold in an open conversation, once it was read: null when that is not known. Asks for nothing by itself. */
export function useProductOf(viewer: Viewer, ref: ThreadRef): string | null {
  const { data: product = null } = useQuery({
    ...threadOptions(viewer, ref),
    select: (view) => view.row.product,
    enabled: false,
  });
  return product;
}
