import type { StatusView } from "@/lib/shared/api/account";

export type Hour = StatusView["notifications"]["topics"][number]["hours"][number];

export interface Strip {
  received: number;
  found: number;
  /** One a given hour, oldest first. Heights are parts of `height`; what was found stands on what was received. */
  bars: { at: Date; received: number; found: number }[];
}

/** The least that can be seen. */
const SLIVER = 2;

/** A day of one topic as bars of at most `height`: as high as the busiest hour, and never nothing where there was
 *  something. Pure. */
export function stripOf(hours: readonly Hour[], height: number): Strip {
  const most = Math.max(1, ...hours.map(({ received, found }) => received + found));
  const scaled = (count: number) => (count === 0 ? 0 : Math.max(SLIVER, (count / most) * (height - SLIVER)));
  return {
    received: hours.reduce((sum, hour) => sum + hour.received, 0),
    found: hours.reduce((sum, hour) => sum + hour.found, 0),
    bars: hours.map(({ at, received, found }) => ({ at, received: scaled(received), found: scaled(found) })),
  };
}

/** What a topic speaks of, whatever the profile calls it (notifications.md 2). */
export const SUBJECTS = [
  "messages",
  "orders",
  "shipments",
  "items",
  "questions",
  "claims",
  "leads",
  "other",
] as const;
export type Subject = (typeof SUBJECTS)[number];

export function subjectOf(topic: string): Subject {
  const bare = topic.replace(/^marketplace_/, "").replace(/_(v2|on_site)$/, "");
  if (bare === "post_purchase") return "claims";
  if (bare === "vis_leads") return "leads";
  return SUBJECTS.find((subject) => subject === bare) ?? "other";
}
