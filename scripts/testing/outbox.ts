import { z } from "zod";
import { runOutbox } from "@/lib/server/outbox/run-outbox";
import type { Runtime } from "@/lib/server/runtime";
import { OutboxSchema, type Seen } from "@/lib/shared/api/thread";
import { type ThreadId, threadId } from "@/lib/shared/ids";
import type { House, SignedIn } from "./house";

/** What tests of the outbox do: press Send, be the worker, let time pass. */

const Row = z.object({
  id: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  message_id: z.string().nullable(),
  settled_at: z.date().nullable(),
});

/** How long a worker goes on looking, in rounds of letting its waiting times pass. */
const ROUNDS = 60;

/** Presses Send, without time to take it back unless the test is about that. */
export async function send(
  house: House,
  as: SignedIn,
  thread: string,
  { undo = 0, ...reply }: { text: string; files?: string[]; key?: string; seen?: Seen; undo?: number },
): Promise<z.infer<typeof OutboxSchema>> {
  await house.rt.database.pool.query("update users set undo_seconds = $1 where id = $2", [undo, as.userId]);
  const body = { key: crypto.randomUUID(), files: [], ...reply };
  return house.read(OutboxSchema, `${thread}/replies`, { as, method: "POST", body });
}

/** Our replies on a conversation, oldest first, as they stand in the outbox. */
export async function repliesOn(house: House, packId: string): Promise<z.infer<typeof Row>[]> {
  const { rows } = await house.rt.database.pool.query(
    `select o.id, o.state, o.reason, o.message_id, o.settled_at from outbox o
     join threads t on t.id = o.thread_id where t.external_id = $1 order by o.created_at`,
    [packId],
  );
  return rows.map((row) => Row.parse(row));
}

/** Our number of a conversation. */
export async function threadOf(house: House, packId: string): Promise<ThreadId> {
  const { rows } = await house.rt.database.pool.query("select id from threads where external_id = $1", [
    packId,
  ]);
  return threadId(String(rows[0]?.id));
}

/** One look of a worker at a conversation's replies. `rt`: another worker's runtime than the house's own. */
export async function runOnce(house: House, packId: string, rt: Runtime = house.rt): Promise<void> {
  await runOutbox(rt, await threadOf(house, packId), {
    onLater: () => undefined,
  });
}

/** Whatever the outbox waits for has passed: pauses, and the lease of a worker that died. */
export async function letTimePass(house: House, packId: string): Promise<void> {
  await house.rt.database.pool.query(
    `update outbox set not_before = now() - interval '1 second', lease_until = lease_until - interval '1 hour'
     where settled_at is null and thread_id = (select id from threads where external_id = $1)`,
    [packId],
  );
}

/** Works a conversation's replies off until all of them stand still, letting time pass in between. */
export async function workOff(
  house: House,
  packId: string,
  rt: Runtime = house.rt,
): Promise<z.infer<typeof Row>[]> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await runOnce(house, packId, rt);
    const rows = await repliesOn(house, packId);
    if (rows.every((row) => row.settled_at !== null)) return rows;
    await letTimePass(house, packId);
  }
  throw new Error(`replies on ${packId} never stand still`);
}

/** The seller's texts in the conversation, as Mercado Libre holds it. */
export async function arrived(house: House, packId: string): Promise<string[]> {
  const { messages } = await house.held(packId);
  return messages.filter(({ author }) => author === "seller").map(({ text }) => text);
}

/** The sends that reached Mercado Libre on a conversation. */
export async function sends(house: House, packId: string) {
  return house.calls({ method: "POST", path: `/messages/packs/${packId}` });
}
