"use client";

import { useTranslations } from "next-intl";
import { INBOX_STATES, type InboxCounts } from "@/lib/shared/api/inbox";
import { type InboxAddress, inboxHref } from "@/lib/shared/view/address";
import { pillCount } from "@/lib/shared/view/shorten";

/** What the list is narrowed to, each choice with how many conversations it holds. */
export function StateChoice({
  place,
  counts,
  onGo,
}: {
  place: InboxAddress;
  counts: InboxCounts | undefined;
  onGo: (href: string) => void;
}) {
  const t = useTranslations("inbox.state");
  return (
    <select
      aria-label={t("label")}
      value={place.state ?? ""}
      onChange={({ target }) => {
        const state = INBOX_STATES.find((one) => one === target.value) ?? null;
        onGo(inboxHref({ ...place, state, externalId: null }));
      }}
      className="ml-auto h-7 w-auto min-w-0 max-w-48 self-center rounded-1 [field-sizing:content] border border-line-2 bg-pane px-1.5 text-ink-2 text-sm max-md:h-11"
    >
      <option value="">{t("all")}</option>
      {INBOX_STATES.map((state) => (
        <option key={state} value={state}>
          {t(state, { count: countOf(counts?.states[state]) })}
        </option>
      ))}
    </select>
  );
}

const countOf = (count: number | undefined) => (count === undefined ? "…" : pillCount(count));
