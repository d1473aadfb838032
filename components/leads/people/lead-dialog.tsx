"use client";

import { useQuery } from "@tanstack/react-query";
import X from "lucide-react/icons/x";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useId, useRef } from "react";
import { Thumbnail } from "@/components/context/thumbnail";
import { ReadProblemNotice } from "@/components/leads/read-problem";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { problemOf } from "@/lib/client/api-error";
import type { Viewer } from "@/lib/client/keys";
import { leadOptions } from "@/lib/client/leads-queries";
import type { LeadView } from "@/lib/shared/api/leads";
import type { LeadRef } from "@/lib/shared/view/leads-address";
import { exactTime } from "@/lib/shared/view/moments";
import { ContactData } from "./contact-data";
import { QuestionLink, StateChip } from "./question-link";
import { useLeadWords } from "./use-lead-words";

const VISITS = ["schedule", "visit_request"];

/** Everything that is known of one lead, read anew. A native dialog: it holds the focus and gives it back to what opened it. */
export function LeadDialog({
  viewer,
  lead,
  zone,
  onClose,
}: {
  viewer: Viewer;
  lead: LeadRef;
  zone: string;
  onClose: () => void;
}) {
  const t = useTranslations("leads.detail");
  const page = useTranslations("leads");
  const errors = useTranslations("errors");
  const words = useLeadWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const { data, isError, error } = useQuery(leadOptions(viewer, lead));
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={onClose} className="ask-dialog">
      <div className="flex items-start justify-between gap-3">
        <h2 id={titleId} className="min-w-0 font-semibold text-lg">
          {data === undefined
            ? page("list.details")
            : `${words.type(data.lead.contactType)} · ${words.name(data.lead)}`}
        </h2>
        <IconButton
          label={t("close")}
          side="left"
          onClick={() => dialog.current?.close()}
          className="-mt-1.5 -mr-2"
        >
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {data === undefined ? (
        isError ? (
          <Notice tone="due" role="alert" className="mt-3" title={t("failed")}>
            {errors(problemOf(error))}
          </Notice>
        ) : (
          <div role="status" className="mt-4 flex flex-col gap-3">
            <span className="sr-only">{page("loading")}</span>
            <Skeleton className="w-48" />
            <Skeleton className="w-64" />
            <Skeleton className="w-40" />
          </div>
        )
      ) : (
        <LeadFacts view={data} zone={zone} />
      )}
    </dialog>
  );
}

function LeadFacts({ view, zone }: { view: LeadView; zone: string }) {
  const t = useTranslations("leads.detail");
  const list = useTranslations("leads.list");
  const words = useLeadWords();
  const locale = useLocale();
  const { lead, details, isLive, problem } = view;
  const name = words.name(lead);
  const { buyer } = lead;
  const papers = buyer?.identification ?? null;
  const facts: { label: string; value: string | null }[] = [
    { label: t("identification"), value: papers && [papers.type, papers.number].filter(Boolean).join(" ") },
    { label: t("buyerId"), value: buyer?.id ?? null },
    {
      label: t("when"),
      value: lead.createdAt === null ? list("noDate") : exactTime(lead.createdAt, locale, zone),
    },
    { label: t("color"), value: details?.color ?? null },
    { label: t("zipCode"), value: details?.zipCode ?? null },
    { label: t("dealership"), value: details?.dealership ?? null },
  ];
  return (
    <div className="mt-3 flex flex-col gap-3">
      {!isLive &&
        (problem === null ? (
          <Notice tone="soon">{t("held")}</Notice>
        ) : (
          <ReadProblemNotice problem={problem} zone={zone} />
        ))}
      {words.listing(lead) !== null && (
        <div className="flex items-center gap-3">
          <Thumbnail address={lead.thumbnail} />
          <div className="min-w-0">
            <p className="font-medium">{words.listing(lead)}</p>
            <p className="text-ink-3 text-xs">{lead.itemId}</p>
          </div>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <StateChip row={lead} words={words.status(lead)} />
        <QuestionLink row={lead} name={name} />
      </div>
      {lead.isGuest ? (
        <p className="text-ink-2 text-sm">{t("guest")}</p>
      ) : (
        <ContactData buyer={buyer} name={name} />
      )}
      <dl className="flex flex-col gap-2 border-line border-t pt-3">
        {facts.map(({ label, value }) =>
          value === null || value === "" ? null : (
            <div key={label} className="flex justify-between gap-4 text-sm">
              <dt className="shrink-0 text-ink-2">{label}</dt>
              <dd className="min-w-0 break-words text-right">{value}</dd>
            </div>
          ),
        )}
      </dl>
      {VISITS.includes(lead.contactType) && <p className="text-ink-2 text-sm">{t("visit")}</p>}
    </div>
  );
}
