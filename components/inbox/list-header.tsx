"use client";

import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { cx } from "@/components/ui/cx";
import type { AccountView } from "@/lib/shared/api/account";
import type { InboxCounts, Summary } from "@/lib/shared/api/inbox";
import { type InboxAddress, inboxHref } from "@/lib/shared/view/address";
import { pillCount } from "@/lib/shared/view/shorten";
import { ConnectionDot } from "./connection-dot";
import { StateChoice } from "./state-choice";
import { SyncLine } from "./sync-line";

const CHANNEL_TABS = [null, "questions", "messages", "claims"] as const;

const TABS =
  "-mx-2 mt-1.5 flex gap-1 overflow-x-auto py-0.5 pr-4 pl-2 [mask-image:linear-gradient(to_right,#000_calc(100%-1rem),transparent)]";

/** What the list is narrowed to is never out of sight among the tabs. */
const bringToSight = (tab: HTMLElement | null) =>
  tab?.scrollIntoView({ block: "nearest", inline: "nearest" });

/** The title of the list, how many wait, and what it is narrowed to: channel, state, and account when there are several. */
export function ListHeader({
  level,
  accounts,
  summary,
  counts,
  place,
  onGo,
}: {
  level: 1 | 2;
  accounts: readonly AccountView[];
  summary: Summary | undefined;
  counts: InboxCounts | undefined;
  /** The list, without its open conversation. */
  place: InboxAddress;
  onGo: (href: string) => void;
}) {
  const t = useTranslations("inbox");
  const { channel, account } = place;
  const Heading = level === 1 ? "h1" : "h2";
  const waiting =
    account === null ? summary?.waiting : summary?.accounts.find((other) => other.id === account)?.waiting;

  const tab = (key: string, label: string, to: Partial<InboxAddress>, isHere: boolean, count = 0) => {
    const href = inboxHref({ ...place, ...to, externalId: null });
    const go = (event: MouseEvent) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      onGo(href);
    };
    return (
      <a
        key={key}
        href={href}
        onClick={go}
        ref={isHere ? bringToSight : null}
        aria-current={isHere ? "true" : undefined}
        className={cx(
          "inline-flex h-7 shrink-0 scroll-mx-5 items-center rounded-full px-3 font-medium text-sm max-md:h-11 max-md:px-4 md:max-lg:px-2",
          isHere ? "bg-ink text-pane" : "text-ink-2 hover:bg-buyer",
        )}
      >
        {label}
        {count > 0 && (
          <span className={cx("ml-1.5 font-semibold text-2xs", isHere ? "text-pane" : "text-ink-3")}>
            <span aria-hidden="true">{pillCount(count)}</span>
            <span className="sr-only">{t("channels.todo", { count })}</span>
          </span>
        )}
      </a>
    );
  };

  return (
    <header className="shrink-0 border-line border-b px-4 pt-3 pb-2.5">
      <div className="flex min-h-7 flex-wrap items-baseline gap-x-2.5">
        <Heading className="font-bold text-lg">{t("title")}</Heading>
        {/* The choice of a state says its own count. */}
        {waiting !== undefined && !place.state && (
          <span className="text-ink-3 text-sm">{t("waiting", { count: waiting })}</span>
        )}
        <ConnectionDot />
        <StateChoice place={place} counts={counts} onGo={onGo} />
      </div>
      <nav aria-label={t("channels.label")} className={TABS}>
        {CHANNEL_TABS.map((one) =>
          tab(
            one ?? "all",
            t(`channels.${one ?? "all"}`),
            { channel: one },
            one === channel,
            one === null ? 0 : counts?.todo[one],
          ),
        )}
      </nav>
      {accounts.length > 1 && (
        <nav aria-label={t("accounts")} className={TABS}>
          {tab("all", t("allAccounts"), { account: null }, account === null)}
          {accounts.map(({ id, nickname }) => tab(id, nickname, { account: id }, id === account))}
        </nav>
      )}
      <SyncLine summary={summary} account={account} />
    </header>
  );
}
