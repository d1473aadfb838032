"use client";

import { useQuery } from "@tanstack/react-query";
import ChartColumn from "lucide-react/icons/chart-column";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { AccountPills } from "@/components/leads/account-pills";
import { Failed, Loading, ReadAt } from "@/components/leads/page-states";
import { ReadProblemNotice } from "@/components/leads/read-problem";
import type { LeadsPlace } from "@/components/leads/use-leads-address";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { problemOf } from "@/lib/client/api-error";
import type { Viewer } from "@/lib/client/keys";
import { contactsOptions } from "@/lib/client/leads-queries";
import type { ContactsFilter } from "@/lib/shared/api/leads";
import { ChartCard } from "./chart-card";
import { Figures } from "./figures";
import { LoadProgress } from "./load-progress";
import { Ranking } from "./ranking";

/** How often the listings of an account were contacted: in three figures, over time, and listing by listing. */
export function ContactsTab({
  viewer,
  place,
  filter,
}: {
  viewer: Viewer;
  place: LeadsPlace;
  filter: ContactsFilter;
}) {
  const t = useTranslations("leads");
  const chartId = useId();
  const { data, isError, error, isPlaceholderData, refetch } = useQuery(contactsOptions(viewer, filter));
  if (data === undefined) {
    if (!isError) return <Loading />;
    return <Failed title={t("failed.title")} problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (data.accountId === null) {
    return (
      <>
        <AccountPills place={place} accounts={data.accounts} here={place.address.account} hasAll={false} />
        {data.problem === null ? (
          <EmptyState icon={<ChartColumn />} title={t("empty.title")}>
            {t("empty.body")} {t(place.address.account === null ? "empty.noneAnywhere" : "empty.noneHere")}
          </EmptyState>
        ) : (
          <ReadProblemNotice problem={data.problem} zone={data.period.zone} />
        )}
      </>
    );
  }
  return (
    <div
      aria-busy={isPlaceholderData}
      className={cx("flex flex-col gap-4 transition-opacity", isPlaceholderData && "opacity-55")}
    >
      <AccountPills place={place} accounts={data.accounts} here={data.accountId} hasAll={false} />
      {data.problem !== null && <ReadProblemNotice problem={data.problem} zone={data.period.zone} />}
      {isError && (
        <ReadProblemNotice
          problem={{ code: problemOf(error), reason: null, retryAt: null }}
          zone={data.period.zone}
        />
      )}
      {data.progress !== null && <LoadProgress progress={data.progress} />}
      <Figures data={data} />
      <ChartCard
        viewer={viewer}
        place={place}
        filter={filter}
        data={data}
        accountId={data.accountId}
        id={chartId}
      />
      <Ranking place={place} data={data} accountId={data.accountId} chartId={chartId} />
      <ReadAt at={data.readAt} zone={data.period.zone} account={data.accountId} />
    </div>
  );
}
