import * as z from "zod/mini";
import { ChannelSchema } from "./common";
import { SummarySchema, ThreadRowSchema } from "./inbox";

/** `GET /api/events`: what changed, as server-sent events. The id of an event names, per account, the number of the change
 *  feed up to which the browser has everything: `700000001:17,700000002:4`. A stream that begins with such an id
 *  (`Last-Event-ID`, or `?since=` where a page takes over from another) first brings what came after it. */

/** `event: change`: some threads, or something of a whole account. */
export const ChangeEventSchema = z.object({
  /** The threads that moved. */
  threads: z.array(z.object({ accountId: z.string(), channel: ChannelSchema, externalId: z.string() })),
  /** The rows of those that there still are, as this user's list shows them. */
  rows: z.array(ThreadRowSchema),
  summary: SummarySchema,
  /** More than threads: accounts, their sync, everything that is not a row. */
  isWide: z.boolean(),
});
export type ChangeEvent = z.infer<typeof ChangeEventSchema>;

/** `event: reset`: what came in between is no longer known; read everything again. */
/** `event: beat`: nothing happened, the line is alive. */
/** `event: end`: the session is over; do not come back. */
export const STREAM_EVENTS = ["change", "reset", "beat", "end"] as const;
