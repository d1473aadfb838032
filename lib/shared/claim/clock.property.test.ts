import { expect, test } from "vitest";
import type { Claim, HeldAction } from "@/lib/shared/api/claim";
import { DUE_BELOW } from "@/lib/shared/rank";
import { rankOf, staleAt } from "./rank";
import { claimOf } from "./testing/claim-of";
import { type ClaimClock, clockOf, dutyOf, turnOf } from "./turn";

const RUNS = 5_000;
const START = new Date("2026-11-16T14:00:00Z").getTime();
const HOUR = 3_600_000;

/** Numbers drawn from one seed, so that a failure can be played again. */
function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    pick: <T>(all: readonly [T, ...T[]]): T => all[Math.floor(next() * all.length)] ?? all[0],
    whole: (from: number, to: number) => from + Math.floor(next() * (to - from + 1)),
    chance: (of: number) => next() < of,
  };
}
type Dice = ReturnType<typeof dice>;

const someDate = (d: Dice) => (d.chance(0.2) ? null : new Date(START + d.whole(-60, 240) * HOUR));
const someAction = (d: Dice): HeldAction => ({
  action: d.pick(["send_message_to_complainant", "refund", "return_review_ok", "something_new"]),
  isMandatory: d.chance(0.3),
  dueAt: someDate(d),
});

function anyClaim(d: Dice): Claim {
  return claimOf({
    status: d.pick(["opened", "opened", "opened", "closed"]),
    stage: d.pick(["claim", "dispute", "recontact", "none", "limbo"]),
    createdAt: new Date(START - d.whole(0, 72) * HOUR),
    actions: Array.from({ length: d.whole(0, 3) }, () => someAction(d)),
    others: d.chance(0.3) ? [{ role: d.pick(["complainant", "mediator"]), dueAt: someDate(d) }] : [],
    detail: d.chance(0.6)
      ? {
          title: null,
          problem: null,
          description: null,
          responsible: d.pick(["seller", "buyer", "mediator", null, "warehouse"]),
          dueAt: someDate(d),
        }
      : null,
    reputation: d.chance(0.5)
      ? {
          effect: d.pick(["affected", "not_affected", "not_applies"]),
          hasIncentive: d.chance(0.7),
          dueAt: someDate(d),
        }
      : null,
  });
}

/** What happens to a claim: each replaces something that Mercado Libre says of it. */
function anyEvent(d: Dice, claim: Claim): Claim {
  const other = anyClaim(d);
  const key = d.pick<keyof Claim>(["actions", "detail", "others", "reputation", "status", "stage"]);
  return { ...claim, [key]: other[key] };
}

const left = ({ dueAt }: ClaimClock, now: number) => dueAt.getTime() - now;
const ranked = (claim: Claim, isWaiting: boolean, now: number) =>
  rankOf({ ...claim, isWaiting, movedAt: claim.updatedAt }, new Date(now));

test("lets no clock grow without an event: what is left of each kind only ever gets less", () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const d = dice(seed);
    let claim = anyClaim(d);
    let now = START;
    let last = new Map<ClaimClock["kind"], number>();
    for (let step = 0; step < 12; step += 1) {
      if (d.chance(0.25)) {
        claim = anyEvent(d, claim);
        last = new Map();
      }
      now += d.whole(1, 20 * 60) * 60_000;
      const clock = clockOf(claim, new Date(now));
      if (clock === null) continue;
      const before = last.get(clock.kind);
      if (before !== undefined) expect(left(clock, now), `seed ${seed}, step ${step}`).toBeLessThan(before);
      last.set(clock.kind, left(clock, now));
    }
  }
});

test("moves no clock's end unless an event does, and takes another clock only when one has run out", () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const d = dice(seed);
    const claim = anyClaim(d);
    let now = START;
    let shown = clockOf(claim, new Date(now));
    for (let step = 0; step < 12; step += 1) {
      now += d.whole(1, 20 * 60) * 60_000;
      const clock = clockOf(claim, new Date(now));
      const why = `seed ${seed}, step ${step}`;
      if (clock?.kind === shown?.kind) expect(clock?.dueAt.getTime(), why).toBe(shown?.dueAt.getTime());
      // A duty and a term never give way by themselves; the incentive does, once it is over.
      else {
        expect(shown?.kind, why).toBe("incentive");
        expect(shown === null ? 0 : left(shown, now), why).toBeLessThanOrEqual(0);
      }
      shown = clock;
    }
  }
});

test("names no date that Mercado Libre did not, but for the 48 hours of the incentive", () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const d = dice(seed);
    const claim = anyClaim(d);
    const clock = clockOf(claim, new Date(START));
    if (clock === null) continue;
    const told = [
      ...claim.actions.map(({ dueAt }) => dueAt),
      ...claim.others.map(({ dueAt }) => dueAt),
      claim.detail?.dueAt ?? null,
      claim.reputation === null
        ? null
        : (claim.reputation.dueAt ?? new Date(claim.createdAt.getTime() + 48 * HOUR)),
    ].flatMap((at) => (at === null ? [] : [at.getTime()]));
    expect(told, `seed ${seed}`).toContain(clock.dueAt.getTime());
  }
});

test("keeps a rank until the moment it says, and after it only lowers the claim", () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const d = dice(seed);
    const claim = anyClaim(d);
    const isWaiting = d.chance(0.5);
    const stale = staleAt({ ...claim, isWaiting, movedAt: claim.updatedAt }, new Date(START));
    const rank = ranked(claim, isWaiting, START);
    const end = stale?.getTime() ?? START + 400 * HOUR;
    for (let step = 0; step < 5; step += 1) {
      const at = START + Math.floor(((end - START - 1) * step) / 5);
      expect(ranked(claim, isWaiting, at), `seed ${seed}`).toBe(rank);
    }
    expect(ranked(claim, isWaiting, end + HOUR), `seed ${seed}`).toBeGreaterThanOrEqual(rank);
  }
});

test("never ranks a claim whose turn is somebody else's before one of the seller's", () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const d = dice(seed);
    const claim = anyClaim(d);
    const turn = turnOf(claim);
    const rank = ranked(claim, d.chance(0.5), START);
    const isTheirs = claim.status === "closed" || turn === "buyer" || turn === "mediator";
    if (isTheirs) expect(rank, `seed ${seed}`).toBeGreaterThanOrEqual(DUE_BELOW);
    if (turn === "seller") expect(rank, `seed ${seed}`).toBeLessThan(DUE_BELOW);
  }
});

test("ranks an earlier duty before a later one, and any duty before all else", () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const d = dice(seed);
    const [a, b] = [anyClaim(d), anyClaim(d)];
    const [mine, other] = [dutyOf(a), dutyOf(b)];
    if (mine === null) continue;
    const [first, second] = [ranked(a, false, START), ranked(b, false, START)];
    if (other === null) expect(first, `seed ${seed}`).toBeLessThan(second);
    else if (mine.dueAt !== null && other.dueAt !== null && mine.dueAt < other.dueAt) {
      expect(first, `seed ${seed}`).toBeLessThan(second);
    }
  }
});
