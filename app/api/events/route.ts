import * as z from "zod/mini";
import { events } from "@/lib/server/events/events";
import { route } from "@/lib/server/http/route";

/** `since` is for a page that takes over: an EventSource that reconnects by itself says it in a header. */
const EventsQuery = z.object({ since: z.optional(z.string().check(z.maxLength(4_000))) });

export const GET = route({ query: EventsQuery, reply: z.any() }, async ({ ctx, query, request }) => {
  const since = request.headers.get("last-event-id") ?? query.since;
  return new Response(await events().open(ctx.session, since), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform keeps compression, which waits for more, out of the way: ours, and that of proxies that obey.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      // A connection that a stream was on is not kept: the process could not stop while it idles.
      connection: "close",
    },
  });
});
