import { useSearchParams } from "next/navigation";
import { wishForField } from "@/lib/client/field-wish";
import type { ThreadRef } from "@/lib/client/keys";
import { inboxHref, parseInboxAddress } from "@/lib/shared/view/address";

/** The address of another conversation, beside the list that stands there now. */
export function useThreadHref(): (ref: ThreadRef) => string {
  const search = useSearchParams().toString();
  const state = parseInboxAddress("/inbox", search)?.state ?? null;
  return ({ account, channel, externalId }) => inboxHref({ channel, externalId, account, state });
}

/** The way to another question of the same chain, to answer it. It takes the place of this one: the way back is still the
 *  list. */
export function useSibling(ref: ThreadRef): {
  hrefOf: (questionId: string) => string;
  go: (questionId: string) => void;
} {
  const href = useThreadHref();
  const hrefOf = (externalId: string) => href({ ...ref, externalId });
  return {
    hrefOf,
    go(questionId) {
      wishForField({ ...ref, externalId: questionId });
      window.history.replaceState(null, "", hrefOf(questionId));
    },
  };
}
