"use client";

import { type ReactNode, useCallback } from "react";
import { InboxWithThread } from "@/components/inbox/inbox-with-thread";
import type { MeView } from "@/lib/shared/api/account";
import { type ClaimKitProps, ClaimKitProvider } from "./claim-kit";
import { lazyClaimKit } from "./lazy-claim-kit";

/** The inbox on a claim's own address: its script and words come with the page, for the reason that a conversation's do
 *  (components/inbox/inbox-with-thread.tsx). */
export function InboxWithClaim({ me, words }: { me: MeView; words: ClaimKitProps["words"] }) {
  const given = useCallback(
    (children: ReactNode) => <ClaimKitProvider words={words}>{children}</ClaimKitProvider>,
    [words],
  );
  return (
    <lazyClaimKit.Given value={given}>
      <InboxWithThread me={me} />
    </lazyClaimKit.Given>
  );
}
