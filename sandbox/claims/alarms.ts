import type { Claim, PendingAct } from "@/sandbox/claims/model";
import type { World } from "@/sandbox/world/world";

/** Puts something off: done when its moment comes, or by whoever reads the claim after it. */
export function later(world: World, claim: Claim, act: PendingAct): void {
  claim.pending.push(act);
  setAlarm(world, claim, act.at);
}

/** Has the claim looked at when `at` has come, by the sandbox's clock. */
export function setAlarm(world: World, claim: Claim, at: Date): void {
  const ms = Math.max(0, at.getTime() - world.now().getTime());
  world.schedule.later(ms, async () => world.onClaimDue(claim));
}

/** By when the seller must have answered; null: nothing is mandatory (claims.md 7, 13). `closesInMs`: how long from now a
 *  missed answer leaves the claim open; default: not at all. */
export function setReplyDue(world: World, claim: Claim, at: Date | null, closesInMs?: number): void {
  claim.replyDueAt = at;
  if (at) setAlarm(world, claim, at);
  if (closesInMs === undefined) return;
  claim.closesAt = new Date(world.now().getTime() + closesInMs);
  setAlarm(world, claim, claim.closesAt);
}
