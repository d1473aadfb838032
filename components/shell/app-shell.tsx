import Activity from "lucide-react/icons/activity";
import ChartColumn from "lucide-react/icons/chart-column";
import Inbox from "lucide-react/icons/inbox";
import Settings from "lucide-react/icons/settings";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { NeedsBadge } from "@/components/status/needs-badge";
import { viewerOf } from "@/lib/client/keys";
import type { MeView } from "@/lib/shared/api/account";
import { AccountMenu } from "./account-menu";
import { ConnectionBanner } from "./connection-banner";
import { LiveFeed } from "./live-feed";
import { Mark } from "./mark";
import { NavLink } from "./nav-link";
import { ReconnectBanner } from "./reconnect-banner";
import { WaitingBadge } from "./waiting-badge";

/** What stands around every page of somebody who is signed in. One navigation: a rail beside the page, at the foot of it
 *  on a phone. Only destinations that work are drawn. */
export function AppShell({ me, children }: { me: MeView; children: ReactNode }) {
  const t = useTranslations("shell");
  const status = useTranslations("status.health");
  return (
    <div className="grid h-dvh grid-rows-[minmax(0,1fr)_auto] md:grid-cols-[3.5rem_minmax(0,1fr)] md:grid-rows-1 max-md:short:has-[[role=log]]:[&>nav]:hidden">
      <LiveFeed viewer={viewerOf(me)} />
      <a href="#content" className="skip-link">
        {t("skip")}
      </a>
      <nav
        aria-label={t("nav")}
        className="row-start-2 flex gap-1 border-line border-t bg-pane px-2 pt-1 pb-[max(0.25rem,env(safe-area-inset-bottom))] md:row-start-1 md:flex-col md:items-center md:border-t-0 md:border-r md:bg-bg md:px-0 md:py-3"
      >
        <Mark className="mb-3 size-7 shrink-0 text-accent max-md:hidden" />
        <NavLink href="/inbox" label={t("inbox")} badge={<WaitingBadge viewer={viewerOf(me)} />}>
          <Inbox aria-hidden="true" />
        </NavLink>
        <NavLink href="/leads" label={t("leads")}>
          <ChartColumn aria-hidden="true" />
        </NavLink>
        <span className="flex-1 max-md:hidden" />
        <NavLink
          href="/status"
          label={t("status")}
          badge={<NeedsBadge viewer={viewerOf(me)} words={status("badge")} />}
        >
          <Activity aria-hidden="true" />
        </NavLink>
        <NavLink href="/settings" label={t("settings")}>
          <Settings aria-hidden="true" />
        </NavLink>
        <AccountMenu me={me} />
      </nav>
      <div className="row-start-1 flex min-h-0 min-w-0 flex-col">
        <ConnectionBanner />
        <ReconnectBanner me={me} />
        <main id="content" tabIndex={-1} className="relative min-h-0 flex-1 overflow-y-auto outline-none">
          {children}
        </main>
      </div>
    </div>
  );
}
