/** The order in which threads of every channel hurt: my duty by its term; then what keeps a claim out of my reputation; then
 *  what else is mine to do; then what waits for somebody else; then what is over. */
const TIERS = { duty: 0, incentive: 1, mine: 2, others: 3, over: 4 } as const;
export type Tier = keyof typeof TIERS;

/** Wider than any instant in milliseconds. */
const TIER_WIDTH = 100_000_000_000_000;

/** What is below is the seller's to do. */
export const DUE_BELOW = TIER_WIDTH * TIERS.others;

/** What has no term stands behind all that has one, oldest first; far enough behind for any date. */
export const LATER = TIER_WIDTH / 2;

/** A place within a tier: less hurts more. No date leads out of its tier, however far off: some programs write the year 1
 *  or 9999 for none. Pure. */
export const ranked = (tier: Tier, within: number): number =>
  TIER_WIDTH * TIERS[tier] + Math.min(Math.max(Math.round(within), 0), TIER_WIDTH - 1);
