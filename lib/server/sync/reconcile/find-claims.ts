import "server-only";
import type { AccountCtx, Changed } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import type { Runtime } from "@/lib/server/runtime";
import { type HeldClaim, listHeldClaims, wishReads } from "@/lib/server/store/claims";
import { saveFound } from "@/lib/server/store/found-claims";
import { hintThreads } from "@/lib/server/store/threads";

/** Looked at again, so that what changed while the last look ran is not missed. */
const OVERLAP_MS = 5 * 60_000;

/** Finds the claims that changed since then, in both roles and on every marketplace, whoever told or did not tell of them:
 *  each that moved gets a row, stands where the search itself places it, and is wished to be read. Returns how many, and up to when it has looked. @throws MeliError */
export async function findChangedClaims(
  rt: Runtime,
  ctx: AccountCtx,
  since: Date,
): Promise<{ found: number; cursorAt: Date }> {
  const cursorAt = new Date();
  const { listed } = await listClaims(ctx, new Date(since.getTime() - OVERLAP_MS));
  const held = await readHeld(rt, ctx, listed, false);
  return { found: await wishMoved(rt, ctx, listed, held), cursorAt };
}

/** Finds the open claims, and those that we take for open and are not. @throws MeliError */
export async function findOpenClaims(rt: Runtime, ctx: AccountCtx): Promise<{ found: number }> {
  const { listed, isComplete } = await listClaims(ctx, null);
  const held = await readHeld(rt, ctx, listed, true);
  const found = await wishMoved(rt, ctx, listed, held);
  if (!isComplete) return { found };
  const open = new Set(listed.map(({ externalId }) => externalId));
  const closed = [...held.values()].filter(({ isOpen, externalId }) => isOpen && !open.has(externalId));
  await wishReads(
    rt.db,
    ctx.accountId,
    closed.map(({ id }) => id),
  );
  return { found: found + closed.length };
}

async function wishMoved(
  rt: Runtime,
  ctx: AccountCtx,
  listed: readonly Changed[],
  held: ReadonlyMap<string, HeldClaim>,
): Promise<number> {
  const moved = listed.filter(({ externalId, updatedAt }) => {
    const known = held.get(externalId)?.updatedAt ?? null;
    return known === null || updatedAt === undefined || known.getTime() !== updatedAt.getTime();
  });
  const hints = moved.map(({ externalId, sellerId, siteId }) => ({
    channel: "claims" as const,
    externalId,
    sellerId: sellerId ?? ctx.accountId,
    siteId: siteId ?? ctx.siteId,
  }));
  const ids = await hintThreads(rt.db, ctx.accountId, hints);
  const told = moved.flatMap(({ claim, buyerId = null }) =>
    claim === undefined ? [] : [{ claim, buyerId }],
  );
  await saveFound(rt.db, ctx.accountId, told);
  await wishReads(rt.db, ctx.accountId, ids);
  return moved.length;
}

async function readHeld(
  rt: Runtime,
  ctx: AccountCtx,
  listed: readonly Changed[],
  andOpen: boolean,
): Promise<Map<string, HeldClaim>> {
  const externalIds = listed.map(({ externalId }) => externalId);
  const held = await listHeldClaims(rt.db, ctx.accountId, { externalIds, andOpen });
  return new Map(held.map((claim) => [claim.externalId, claim]));
}

async function listClaims(
  ctx: AccountCtx,
  since: Date | null,
): Promise<{ listed: Changed[]; isComplete: boolean }> {
  const changed = channelOf("claims").changed(ctx, since);
  const listed: Changed[] = [];
  for (;;) {
    const next = await changed.next();
    if (next.done) return { listed, isComplete: next.value.isComplete };
    listed.push(next.value);
  }
}
