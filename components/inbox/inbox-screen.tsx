"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { viewerOf } from "@/lib/client/keys";
import { inboxOptions } from "@/lib/client/queries";
import type { MeView } from "@/lib/shared/api/account";
import { inboxHref, parseInboxAddress } from "@/lib/shared/view/address";

/** The inbox: list of conversations, conversation, context. Reads what to show from the address alone. */
export function InboxScreen({ me }: { me: MeView }) {
  const address = parseInboxAddress(usePathname(), useSearchParams().toString());
  const filter = { ...(address?.account ? { account: address.account } : {}) };
  const list = useInfiniteQuery(inboxOptions(viewerOf(me), filter));
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <ul>
      {rows.map((row) => (
        <li key={`${row.accountId}/${row.externalId}`}>
          <a href={inboxHref({ channel: row.channel, externalId: row.externalId, account: null })}>
            {row.product}
          </a>
        </li>
      ))}
    </ul>
  );
}
