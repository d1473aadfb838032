"use client";

import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/client/api";
import { keys, type Viewer } from "@/lib/client/keys";
import { NeedsSchema } from "@/lib/shared/api/account";

const EVERY_MS = 60_000;

/** A dot while `/status` holds something that nobody but the seller can make an end to. Asked for once a minute, while
 *  the tab is looked at. The words come from the page, which the browser has not. */
export function NeedsBadge({ viewer, words }: { viewer: Viewer; words: string }) {
  const { data } = useQuery({
    queryKey: [...keys.user(viewer), "needs"],
    queryFn: ({ signal }) => call(NeedsSchema, "/api/status/needs", { signal }),
    refetchInterval: EVERY_MS,
    staleTime: EVERY_MS,
  });
  if (data?.needsSeller !== true) return null;
  return (
    <span className="absolute -top-1 left-3.5 size-2.5 rounded-full bg-due">
      <span className="sr-only">{words}</span>
    </span>
  );
}
