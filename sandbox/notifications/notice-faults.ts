import { z } from "zod";
import type { Random } from "@/sandbox/world/random";
import { seeded } from "@/sandbox/world/random";

const share = z.union([z.boolean().transform(Number), z.number().min(0).max(1)]).default(0);

/** What to do to notices (notifications.md 7, simulator 3); shares from 0 to 1, true for all. */
export const NoticeFaults = z.strictObject({
  /** The same seed and the same events lose the same notices. */
  seed: z.number().int().default(3),
  /** Never sent, never filed. */
  drop: share,
  duplicate: share,
  /** How many more of each duplicated one. */
  copies: z.number().int().min(1).max(100).default(1),
  /** Held for this long, then sent in another order. */
  reorder: z.strictObject({ windowMs: z.number().int().positive() }).optional(),
  delayMs: z.number().int().min(0).default(0),
  stringUserId: share,
  missingId: share,
  /** `id` instead of `_id`. */
  plainId: share,
  missingSlash: share,
  /** A forged notice beside the true one, for a user nobody knows. */
  unknownUser: share,
  /** A forged notice beside the true one, of another application. */
  foreignApplication: share,
  /** Users without a live grant are notified too. */
  revokedGrant: z.boolean().default(false),
  /** Only these topics; default all. */
  topics: z.array(z.string()).optional(),
});

export type NoticeFaults = z.infer<typeof NoticeFaults>;

/** What happens to one notice. */
export interface Fate {
  isDropped: boolean;
  copies: number;
  isTextUserId: boolean;
  isMissingId: boolean;
  isPlainId: boolean;
  hasNoSlash: boolean;
  hasUnknownTwin: boolean;
  hasForeignTwin: boolean;
}

/** Draws fates from one seeded stream: always the same number of draws, so that one fault does not move another. */
export class FateDrawer {
  order: NoticeFaults = NoticeFaults.parse({});
  private random: Random = seeded(3);
  /** A stream of its own: when a batch is mixed must not change which notice is dropped. */
  private mixing: Random = seeded(4);

  /** Replaces all faults and starts the stream anew. */
  set(order: NoticeFaults): void {
    this.order = order;
    this.random = seeded(order.seed);
    this.mixing = seeded(order.seed + 1);
  }

  draw(topic: string): Fate | null {
    const { order } = this;
    if (order.topics && !order.topics.includes(topic)) return null;
    const hit = (chance: number) => this.random() < chance;
    return {
      isDropped: hit(order.drop),
      copies: hit(order.duplicate) ? order.copies : 0,
      isTextUserId: hit(order.stringUserId),
      isMissingId: hit(order.missingId),
      isPlainId: hit(order.plainId),
      hasNoSlash: hit(order.missingSlash),
      hasUnknownTwin: hit(order.unknownUser),
      hasForeignTwin: hit(order.foreignApplication),
    };
  }

  /** The list in another order than it came; a list of one stays as it is. */
  shuffle<T>(list: readonly T[]): T[] {
    const mixed = list
      .map((one) => ({ one, at: this.mixing() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
    return mixed.every((one, index) => one === list[index]) ? mixed.reverse() : mixed;
  }
}
