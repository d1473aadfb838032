"use client";

import type { Viewer } from "@/lib/client/keys";
import { useLive, useSummary } from "@/lib/client/live";
import { useUnreadIcon } from "@/lib/client/unread-mark";

/** Draws nothing: keeps every page of the app up to date, and the icon of its tab. */
export function LiveFeed({ viewer }: { viewer: Viewer }) {
  useLive(viewer);
  useUnreadIcon(useSummary(viewer)?.fresh ?? 0);
  return null;
}
