import { z } from "zod";

/** What to do to the next `times` calls whose path matches. */
export const FaultOrder = z.strictObject({
  method: z.string().optional(),
  /** A regular expression's source, on the path. */
  path: z.string(),
  times: z.number().int().positive().default(1),
  /** Answer with this status instead. Without it the real answer goes out, delayed or cut. */
  status: z.number().int().min(200).max(599).optional(),
  body: z.unknown().optional(),
  contentType: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  delayMs: z.number().int().min(0).optional(),
  /** Announce the whole length, send half, break the connection. */
  cutBody: z.literal(true).optional(),
  /** Never answer. */
  hang: z.literal(true).optional(),
  /** Does the call take effect? Default: no when the answer is replaced or never comes, else yes. */
  applied: z.enum(["yes", "no", "late"]).optional(),
  /** For `late`: how long after the answer. */
  lateMs: z.number().int().min(0).default(1_000),
});

export type FaultOrder = z.infer<typeof FaultOrder>;
export type Fault = FaultOrder & { id: string; left: number };

/** The faults that wait to happen, oldest first. */
export class Faults {
  private list: { fault: Fault; path: RegExp }[] = [];
  private last = 0;

  /** @throws SyntaxError when `path` is no regular expression. */
  add(order: FaultOrder): string {
    this.last += 1;
    const id = `fault-${this.last}`;
    this.list.push({ fault: { ...order, id, left: order.times }, path: new RegExp(order.path) });
    return id;
  }

  /** The fault for this call, if any; counts it down. */
  take(method: string, pathname: string): Fault | null {
    const hit = this.list.find(
      ({ fault, path }) => (!fault.method || fault.method.toUpperCase() === method) && path.test(pathname),
    );
    if (!hit) return null;
    hit.fault.left -= 1;
    if (hit.fault.left === 0) this.list = this.list.filter((one) => one !== hit);
    return hit.fault;
  }

  clear(): void {
    this.list = [];
  }

  waiting(): Fault[] {
    return this.list.map(({ fault }) => fault);
  }
}
