"use client";

import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { cx } from "@/components/ui/cx";
import type { AccountView } from "@/lib/shared/api/account";
import type { Summary } from "@/lib/shared/api/inbox";
import type { ChannelName } from "@/lib/shared/thread";
import { type InboxAddress, inboxHref } from "@/lib/shared/view/address";
import { ConnectionDot } from "./connection-dot";
import { SyncLine } from "./sync-line";

/** Channels that are read; the rest is not drawn before it works. */
const CHANNEL_TABS = [null, "messages", "claims"] as const;

const TABS =
  "-mx-2 mt-1.5 flex gap-1 overflow-x-auto py-0.5 pr-4 pl-2 [mask-image:linear-gradient(to_right,#000_calc(100%-1rem),transparent)]";

/** The title of the list, how many wait, and which account's conversations it holds when there are several. */
export function ListHeader({
  level,
  accounts,
  summary,
  channel,
  account,
  onGo,
}: {
  level: 1 | 2;
  accounts: readonly AccountView[];
  summary: Summary | undefined;
  channel: ChannelName | null;
  account: string | null;
  onGo: (href: string) => void;
}) {
  const t = useTranslations("inbox");
  const Heading = level === 1 ? "h1" : "h2";
  const waiting =
    account === null ? summary?.waiting : summary?.accounts.find((other) => other.id === account)?.waiting;

  const tab = (key: string, label: string, place: Omit<InboxAddress, "externalId">, isHere: boolean) => {
    const href = inboxHref({ ...place, externalId: null });
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
        aria-current={isHere ? "true" : undefined}
        className={cx(
          "inline-flex h-7 shrink-0 items-center rounded-full px-3 font-medium text-sm max-md:h-11 max-md:px-4 md:max-lg:px-2",
          isHere ? "bg-ink text-pane" : "text-ink-2 hover:bg-buyer",
        )}
      >
        {label}
      </a>
    );
  };

  return (
    <header className="shrink-0 border-line border-b px-4 pt-3 pb-2.5">
      <div className="flex min-h-7 flex-wrap items-baseline gap-x-2.5">
        <Heading className="font-bold text-lg">{t("title")}</Heading>
        {waiting !== undefined && (
          <span className="text-ink-3 text-sm">{t("waiting", { count: waiting })}</span>
        )}
        <ConnectionDot />
      </div>
      <nav aria-label={t("channels.label")} className={TABS}>
        {CHANNEL_TABS.map((one) =>
          tab(one ?? "all", t(`channels.${one ?? "all"}`), { channel: one, account }, one === channel),
        )}
      </nav>
      {accounts.length > 1 && (
        <nav aria-label={t("accounts")} className={TABS}>
          {tab("all", t("allAccounts"), { channel, account: null }, account === null)}
          {accounts.map(({ id, nickname }) => tab(id, nickname, { channel, account: id }, id === account))}
        </nav>
      )}
      <SyncLine summary={summary} account={account} />
    </header>
  );
}
