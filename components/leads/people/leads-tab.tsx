"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import ContactRound from "lucide-react/icons/contact-round";
import { useLocale, useTranslations } from "next-intl";
import { AccountPills } from "@/components/leads/account-pills";
import { Failed, Loading, ReadAt } from "@/components/leads/page-states";
import { ReadProblemNotice } from "@/components/leads/read-problem";
import type { LeadsPlace } from "@/components/leads/use-leads-address";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { problemOf } from "@/lib/client/api-error";
import type { Viewer } from "@/lib/client/keys";
import { leadsOptions } from "@/lib/client/leads-queries";
import type { AccountView } from "@/lib/shared/api/account";
import type { LeadSync, LeadsFilter } from "@/lib/shared/api/leads";
import { FIRST_ADDRESS } from "@/lib/shared/view/leads-address";
import { rowsOf } from "@/lib/shared/view/leads-people";
import { spanName, zoneName } from "@/lib/shared/view/leads-slots";
import { LeadDialog } from "./lead-dialog";
import { LeadFilters } from "./lead-filters";
import { LeadItem } from "./lead-item";
import { useLeadChanges } from "./use-lead-changes";

/** Who is interested in classified listings, the newest first. */
export function LeadsTab({
  viewer,
  place,
  filter,
  zone,
  accounts,
}: {
  viewer: Viewer;
  place: LeadsPlace;
  filter: LeadsFilter;
  zone: string;
  accounts: readonly AccountView[];
}) {
  const t = useTranslations("leads");
  const locale = useLocale();
  useLeadChanges(viewer);
  const list = useInfiniteQuery(leadsOptions(viewer, filter));
  const { lead, account } = place.address;
  const first = list.data?.pages[0];
  const dialog =
    lead === null ? null : (
      <LeadDialog
        key={`${lead.accountId} ${lead.id}`}
        viewer={viewer}
        lead={lead}
        zone={zone}
        onClose={() => place.adjust({ lead: null })}
      />
    );
  if (list.data === undefined || first === undefined) {
    return (
      <>
        {dialog}
        {list.isError ? (
          <Failed
            title={t("failed.leadsTitle")}
            problem={problemOf(list.error)}
            onRetry={() => void list.refetch()}
          />
        ) : (
          <Loading />
        )}
      </>
    );
  }
  if (!first.hasClassifieds && first.rows.length === 0 && !first.sync.isReading) {
    return (
      <>
        {account !== null && <AccountPills place={place} accounts={accounts} here={account} hasAll />}
        <EmptyState icon={<ContactRound />} title={t("empty.leadsTitle")}>
          {t("empty.leadsBody")} {t(account === null ? "empty.noneAnywhere" : "empty.noneHere")}
        </EmptyState>
      </>
    );
  }
  const rows = rowsOf(list.data);
  const all = first.counts?.types.find(({ type }) => type === filter.type)?.count;
  const total = filter.type === undefined ? first.counts?.all : (all ?? 0);
  const span = spanName({ firstDay: filter.from ?? "", lastDay: filter.to ?? "" }, locale);
  return (
    <div className="flex flex-col gap-4">
      {dialog}
      <AccountPills place={place} accounts={accounts} here={account} hasAll />
      {first.sync.problem !== null && <ReadProblemNotice problem={first.sync.problem} zone={zone} />}
      <LeadFilters place={place} counts={first.counts} items={first.items} />
      <p className="text-ink-3 text-sm">
        <span role="status">
          {total === undefined || total === rows.length
            ? t("list.shown", { shown: rows.length })
            : t("list.shownOf", { shown: rows.length, all: total })}
        </span>{" "}
        · {span} · <span title={zone}>{t("zone", { zone: zoneName(zone, locale) })}</span>
      </p>
      <section
        aria-label={t("list.label")}
        aria-busy={list.isPlaceholderData}
        className={cx(
          "overflow-hidden rounded-3 border border-line bg-pane transition-opacity",
          list.isPlaceholderData && "opacity-55",
        )}
      >
        {rows.length === 0 ? (
          <NoLeads place={place} sync={first.sync} />
        ) : (
          <ul aria-label={t("list.label")}>
            {rows.map((row) => (
              <LeadItem key={`${row.accountId} ${row.id}`} row={row} place={place} zone={zone} />
            ))}
          </ul>
        )}
      </section>
      {list.hasNextPage && (
        <div className="flex flex-wrap items-center justify-center gap-3">
          <Button onClick={() => void list.fetchNextPage()} isBusy={list.isFetchingNextPage}>
            {t("list.more")}
          </Button>
          {list.isFetchNextPageError && (
            <p role="alert" className="text-due text-sm">
              {t("list.moreFailed")}
            </p>
          )}
        </div>
      )}
      <ReadAt at={first.sync.readAt} zone={zone} account={account} />
    </div>
  );
}

function NoLeads({ place, sync }: { place: LeadsPlace; sync: LeadSync }) {
  const t = useTranslations("leads.empty");
  if (sync.isReading || sync.readAt === null) {
    return (
      <EmptyState icon={<ContactRound />} title={t("reading")}>
        {t("readingBody")}
      </EmptyState>
    );
  }
  const { type, item, guests } = place.address;
  const isNarrowed = type !== null || item !== null || guests !== FIRST_ADDRESS.guests;
  return (
    <EmptyState
      icon={<ContactRound />}
      title={t("noLeads")}
      action={
        isNarrowed ? (
          <Button onClick={() => place.go({ type: null, item: null, guests: FIRST_ADDRESS.guests })}>
            {t("clear")}
          </Button>
        ) : undefined
      }
    >
      {t("noLeadsBody")}
    </EmptyState>
  );
}
