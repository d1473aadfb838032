import type { ThreadRef } from "@/lib/client/keys";

/** What the keyboard wished of a conversation that is not there yet: few bytes, for the list knows of it too. */

let field: string | null = null;
let movingOnAt = Number.NEGATIVE_INFINITY;
/** What was not sent by then was held back: whoever sends it later decides anew. */
const WISH_MS = 15_000;

const nameOf = ({ account, channel, externalId }: ThreadRef) => `${account ?? ""}/${channel}/${externalId}`;

/** This conversation is opened to write in: its field is to have the focus as soon as it is there. Null: none is, whatever
 *  was wished before. */
export function wishForField(ref: ThreadRef | null): void {
  field = ref === null ? null : nameOf(ref);
}

/** Was this conversation opened to write in? Told once. */
export function takeFieldWish(ref: ThreadRef): boolean {
  if (field !== nameOf(ref)) return false;
  field = null;
  return true;
}

/** Once what is being sent is in the outbox, the next conversation that waits is opened; or it is not. */
export function wishToMoveOn(isWished: boolean): void {
  movingOnAt = isWished ? Date.now() : Number.NEGATIVE_INFINITY;
}

/** Told once. */
export function takeMoveOn(): boolean {
  const isWished = Date.now() - movingOnAt < WISH_MS;
  movingOnAt = Number.NEGATIVE_INFINITY;
  return isWished;
}
