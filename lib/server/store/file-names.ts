import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { nameOnWire } from "@/lib/shared/files/wire-name";
import type { Database } from "./database";
import type { OutboxRow } from "./outbox";
import { messages, threads } from "./schema";
import { files } from "./schema-outbox";

/** The attachments of a message that is written again, each under the name that it has here: Mercado Libre never renames a
 *  file, and a name of ours may be the one that the seller gave it. */
export const KEPT_NAMES: SQL = sql`case when ${messages.attachments} = '[]'::jsonb then excluded.attachments else coalesce((
  select jsonb_agg(
    jsonb_set(told.file, '{name}', coalesce((
      select held.file -> 'name' from jsonb_array_elements(${messages.attachments}) held(file)
      where held.file ->> 'filename' = told.file ->> 'filename' limit 1), told.file -> 'name'))
    order by told.place)
  from jsonb_array_elements(excluded.attachments) with ordinality told(file, place)), '[]'::jsonb) end`;

/** Gives the files of a message of ours the names that the seller picked them under: some leave under others, which is what
 *  Mercado Libre shows (claims.md 5.1, messages.md 2.4). Part of the transaction in which its row becomes the message. */
export async function keepNames(
  tx: Database,
  row: Pick<OutboxRow, "id" | "threadId">,
  messageId: string,
): Promise<void> {
  const picked = await tx
    .select({ name: files.name, type: files.type, channel: threads.channel })
    .from(files)
    .innerJoin(threads, eq(threads.id, files.threadId))
    .where(eq(files.outboxId, row.id))
    .orderBy(files.position);
  const renamed = picked
    .map(({ name, type, channel }) => ({ name, wire: nameOnWire(channel, name, type) }))
    .filter(({ name, wire }) => name !== wire);
  if (renamed.length === 0) return;
  const its = and(eq(messages.threadId, row.threadId), eq(messages.id, messageId));
  const [message] = await tx.select({ attachments: messages.attachments }).from(messages).where(its);
  if (message === undefined) return;
  const attachments = message.attachments.map((file) => {
    const at = renamed.findIndex(({ wire }) => wire === file.name);
    return at === -1 ? file : { ...file, name: renamed.splice(at, 1)[0]?.name ?? file.name };
  });
  await tx.update(messages).set({ attachments }).where(its);
}
