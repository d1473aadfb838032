import { z } from "zod";
import type { Random } from "@/sandbox/world/random";
import { between, seeded } from "@/sandbox/world/random";

const ms = z.number().int().min(0);

/** What to do to the next `times` calls whose path matches. */
export const FaultOrder = z.strictObject({
  method: z.string().optional(),
  /** A regular expression's source, on the path. */
  path: z.string(),
  times: z.number().int().positive().default(1),
  /** Each matching call is hit with this chance; one that is spared may meet the next fault. */
  probability: z.number().min(0).max(1).default(1),
  /** Of the draws: the same seed hits the same calls. */
  seed: z.number().int().default(1),
  /** Answer with this status instead. Without it the real answer goes out, delayed or cut. */
  status: z.number().int().min(200).max(599).optional(),
  body: z.unknown().optional(),
  contentType: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  delayMs: z.number().int().min(0).optional(),
  /** The answer is made now and goes out when the held answers are let go. */
  held: z.literal(true).optional(),
  /** Announce the whole length, send half, break the connection. */
  cutBody: z.literal(true).optional(),
  /** Never answer. */
  hang: z.literal(true).optional(),
  /** Does the call take effect? Default: no when the answer is replaced or never comes, else yes. */
  applied: z.enum(["yes", "no", "late"]).optional(),
  /** For `late`: how long after the call arrived, or drawn between two. */
  lateMs: z.union([ms, z.tuple([ms, ms])]).default(1_000),
});

export type FaultOrder = z.infer<typeof FaultOrder>;
export type Fault = Omit<FaultOrder, "lateMs"> & { id: string; left: number; lateMs: number };

/** The faults that wait to happen, oldest first. */
export class Faults {
  private list: { order: FaultOrder; id: string; left: number; path: RegExp; random: Random }[] = [];
  private last = 0;
  private answers: (() => void)[] = [];

  /** @throws SyntaxError when `path` is no regular expression. */
  add(order: FaultOrder): string {
    this.last += 1;
    const id = `fault-${this.last}`;
    const random = seeded(order.seed);
    this.list.push({ order, id, left: order.times, path: new RegExp(order.path), random });
    return id;
  }

  /** The fault for this call, if any; counts it down. */
  take(method: string, pathname: string): Fault | null {
    const hit = this.list.find(
      ({ order, path, random }) =>
        (!order.method || order.method.toUpperCase() === method) &&
        path.test(pathname) &&
        // the stream moves on for matching calls only, so that a seed means the same calls every time
        random() < order.probability,
    );
    if (!hit) return null;
    hit.left -= 1;
    if (hit.left === 0) this.list = this.list.filter((one) => one !== hit);
    const { lateMs } = hit.order;
    return {
      ...hit.order,
      id: hit.id,
      left: hit.left,
      lateMs: typeof lateMs === "number" ? lateMs : between(hit.random, lateMs[0], lateMs[1]),
    };
  }

  /** Resolves when the held answers are let go. */
  hold(): Promise<void> {
    return new Promise((resolve) => this.answers.push(resolve));
  }

  /** Lets the answers go that are held now; what is held later waits for the next time. */
  release(): void {
    for (const go of this.answers.splice(0)) go();
  }

  clear(): void {
    this.list = [];
  }

  waiting(): (FaultOrder & { id: string; left: number })[] {
    return this.list.map(({ order, id, left }) => ({ ...order, id, left }));
  }
}
