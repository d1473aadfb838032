import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { ChannelName } from "@/lib/shared/thread";
import { type InboxAddress, inboxHref, parseInboxAddress } from "@/lib/shared/view/address";

export interface InboxPlace {
  address: InboxAddress;
  /** The list that stands beside an open conversation: the one it was opened from, else that of its channel. */
  listChannel: ChannelName | null;
  listHref: string;
  go: (href: string) => void;
  /** Back to the list: the browser's own step back when that is where it leads. */
  back: () => void;
}

/** Where the inbox stands. The address is the only truth; moving inside it never asks the server for a page. */
export function useInboxAddress(): InboxPlace {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const address = parseInboxAddress(pathname, search) ?? {
    channel: null,
    externalId: null,
    account: null,
    state: null,
  };
  const [listChannel, setListChannel] = useState<ChannelName | null>(address.channel);
  if (address.externalId === null && address.channel !== listChannel) setListChannel(address.channel);
  const listHref = inboxHref({ ...address, channel: listChannel, externalId: null });

  /** How many steps this tab has taken since it left the list; null when it did not come from there. */
  const steps = useRef<number | null>(null);
  useEffect(() => {
    const forget = () => {
      steps.current = null;
    };
    window.addEventListener("popstate", forget);
    return () => window.removeEventListener("popstate", forget);
  }, []);

  function go(href: string): void {
    if (href === inboxHref(address)) return;
    steps.current = address.externalId === null ? 1 : steps.current === null ? null : steps.current + 1;
    window.history.pushState(null, "", href);
  }

  function back(): void {
    if (address.externalId === null) return;
    if (steps.current === 1) window.history.back();
    else window.history.pushState(null, "", listHref);
  }

  return { address, listChannel, listHref, go, back };
}
