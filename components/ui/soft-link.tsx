"use client";

import { useRouter } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";
import { isOffline, isWithinReach } from "@/lib/client/online";

/** A link inside the app that keeps what is in memory. A tenth of the weight of next/link, whose prefetching we do not use:
 *  every page here is read anew. A press with a modifier, or on a page without scripts, is the browser's own. */
export function SoftLink({ href, onClick, ...rest }: ComponentProps<"a"> & { href: string }) {
  const router = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (event.defaultPrevented || !isPlain) return;
    event.preventDefault();
    if (!isOffline()) return router.push(href);
    // A page that cannot be had would be left for the browser's own: stay, unless the server is back.
    void isWithinReach().then((isUp) => {
      if (isUp) router.push(href);
    });
  };
  return <a href={href} onClick={follow} {...rest} />;
}
