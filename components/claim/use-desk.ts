import { useContext } from "react";
import { type ThreadDesk, ThreadDeskContext } from "@/components/thread/thread-kit";
import type { ThreadView } from "@/lib/shared/api/thread";

/** The open claim, for the parts of the kit. */
export interface ClaimDesk extends ThreadDesk {
  claim: NonNullable<ThreadView["claim"]>;
}

/** The open claim. Parts of the kit are drawn nowhere else.
 *  @throws Error outside of one */
export function useDesk(): ClaimDesk {
  const desk = useContext(ThreadDeskContext);
  const claim = desk?.view.claim ?? null;
  if (desk === null || claim === null) throw new Error("a part of a claim was drawn outside of one");
  return { ...desk, claim };
}
