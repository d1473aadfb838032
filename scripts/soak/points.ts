/** The steps at which a process is killed, and the trouble that Mercado Libre makes meanwhile. kill-hook.mjs knows them by
 *  the SQL and the HTTP that the product makes. */

/** Sending a reply. `flying`: the request has left, its answer has not come. */
export const OUTBOX_POINTS = [
  "claim.before",
  "claim.after",
  "read.before",
  "read.after",
  "snapshot.before",
  "snapshot.after",
  "upload.before",
  "upload.after",
  "lease.before",
  "lease.after",
  "sending.before",
  "sending.after",
  "post.before",
  "post.flying",
  "post.after",
  "outcome.before",
  "outcome.after",
  "readback.before",
  "readback.after",
  "final.before",
  "final.after",
] as const;
export type OutboxPoint = (typeof OUTBOX_POINTS)[number];

/** Taking in a notification: the web process up to its 200, the worker from the claim to the stored conversation. */
export const INTAKE_POINTS = [
  "notice-insert.before",
  "notice-insert.after",
  "notice-claim.before",
  "notice-claim.after",
  "lookup.before",
  "lookup.flying",
  "lookup.after",
  "wish.before",
  "wish.after",
  "notice-done.before",
  "notice-done.after",
  "wish-claim.before",
  "wish-claim.after",
  "read.before",
  "read.flying",
  "read.after",
  "snapshot.before",
  "snapshot.after",
  "wish-release.before",
  "wish-release.after",
] as const;
export type IntakePoint = (typeof INTAKE_POINTS)[number];

/** A kill here leaves a row in `sending`: nobody can know whether the request arrived. */
export const IN_DOUBT: readonly string[] = [
  "sending.after",
  "post.before",
  "post.flying",
  "post.after",
  "outcome.before",
];

export const FAULTS = ["none", "timeout", "late", "cut", "500", "429"] as const;
export type Fault = (typeof FAULTS)[number];

/** After these nobody can know whether the request was applied. All of them are: at once, or late. */
export const AMBIGUOUS: readonly Fault[] = ["timeout", "late", "cut", "500"];

/** One kill: where, and under which trouble. */
export interface Plan<Point extends string = string> {
  point: Point;
  fault: Fault;
  /** For `late`: when the request takes effect. */
  lateMs: number;
}

/** The simulator's order for the trouble, on calls of one method and path. Null: none. */
export function faultOrder(plan: Plan, call: { method: string; path: string }): object | null {
  const { fault, lateMs } = plan;
  switch (fault) {
    case "none":
      return null;
    case "timeout":
      return { ...call, hang: true, applied: "yes" };
    case "late":
      return { ...call, status: 504, applied: "late", lateMs };
    case "cut":
      return { ...call, cutBody: true };
    case "500":
      return { ...call, status: 500, applied: "yes" };
    case "429":
      return { ...call, status: 429, headers: { "retry-after": "1" } };
  }
}

/** Every pair of point and fault, `times` times, in an order that mixes them. */
export function everyPair<Point extends string>(
  points: readonly Point[],
  times: number,
  lateMs: (n: number) => number,
): Plan<Point>[] {
  return Array.from({ length: times }, (_, round) =>
    points.flatMap((point, at) =>
      FAULTS.map((_fault, n) => {
        const fault = FAULTS[(n + at + round) % FAULTS.length] ?? "none";
        return { point, fault, lateMs: lateMs(round) };
      }),
    ),
  ).flat();
}
