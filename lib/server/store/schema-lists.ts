import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { ChannelName } from "@/lib/shared/thread";
import { accountRef } from "./schema-accounts";

/** How many conversations of an account each list holds, up to LIST_COUNT_CAP: counted anew by every transaction that
 *  changed one (store/list-counts.ts). A channel without a row holds none. */
export const listCounts = pgTable(
  "list_counts",
  {
    accountId: accountRef(),
    channel: text("channel").$type<ChannelName>().notNull(),
    todo: integer("todo").notNull(),
    blocked: integer("blocked").notNull(),
    troubled: integer("troubled").notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.channel] })],
);
