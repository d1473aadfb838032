"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { SoftLink } from "@/components/ui/soft-link";

/** One destination: a picture with a hint on the rail, a picture with its word in the bar of a phone. */
export function NavLink({
  href,
  label,
  badge,
  children,
}: {
  href: string;
  label: string;
  badge?: ReactNode;
  children: ReactNode;
}) {
  const pathname = usePathname();
  const isHere = pathname === href || pathname.startsWith(`${href}/`);
  return (
    <SoftLink
      href={href}
      aria-current={isHere ? "page" : undefined}
      className={cx(
        NAV_ITEM,
        isHere ? "text-accent md:border-line md:bg-pane" : "text-ink-2 hover:text-ink md:hover:bg-buyer",
      )}
      data-tip={label}
      data-side="right"
    >
      <span className="text-2xs md:sr-only">{label}</span>
      <span className="relative">
        {children}
        {badge}
      </span>
    </SoftLink>
  );
}

/** Shared by the links of the navigation and the account's button. */
export const NAV_ITEM =
  "nav-tip relative flex min-h-11 flex-1 flex-col-reverse items-center justify-center gap-0.5 rounded-2 border border-transparent md:size-11 md:min-h-0 md:flex-none [&_svg]:size-5";
