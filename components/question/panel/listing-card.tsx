"use client";

import ExternalLink from "lucide-react/icons/external-link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Fact } from "@/components/context/fact";
import { Thumbnail } from "@/components/context/thumbnail";
import { useDesk } from "@/components/question/use-desk";
import { Card } from "@/components/ui/card";
import { Chip, type Tone } from "@/components/ui/chip";
import type { Listing } from "@/lib/shared/api/question";
import { formatMoney } from "@/lib/shared/money";
import { localeAt } from "@/lib/shared/view/locale-at";
import { safeHref } from "@/lib/shared/view/rich-text";
import { knownOf, spellOut } from "@/lib/shared/view/statuses";

const STATUSES = ["active", "paused", "closed", "under_review", "inactive", "payment_required"] as const;
const TONE: Readonly<Record<(typeof STATUSES)[number], Tone>> = {
  active: "fine",
  paused: "soon",
  closed: "mute",
  under_review: "soon",
  inactive: "mute",
  payment_required: "soon",
};
const SUB_STATUSES = [
  "out_of_stock",
  "paused_by_seller",
  "waiting_for_patch",
  "forbidden",
  "suspended",
  "expired",
  "deleted",
] as const;

/** Shown at once; the rest waits behind one press. */
const FIRST_ATTRIBUTES = 8;

/** What is asked about: what the answer is most often read from. */
export function ListingCard() {
  const t = useTranslations("question.panel");
  const { view } = useDesk();
  const { listing } = view.question;
  if (listing === null) return <p className="px-3 text-ink-2 text-sm">{t("listingUnread")}</p>;
  return (
    <Card title={t("listing")}>
      <Head listing={listing} siteId={view.row.siteId} />
      <dl>
        <Status listing={listing} />
        {listing.stock !== null && listing.buyingMode !== "classified" && (
          <Fact label={t("stock")}>{t("units", { count: listing.stock })}</Fact>
        )}
        {listing.buyingMode === "classified" && <Fact label={t("kind")}>{t("classified")}</Fact>}
        <Fact label={t("number")}>{listing.id}</Fact>
      </dl>
      <Attributes attributes={listing.attributes} />
    </Card>
  );
}

function Head({ listing, siteId }: { listing: Listing; siteId: string }) {
  const t = useTranslations("question.panel");
  const locale = localeAt(useLocale(), siteId);
  const href = listing.permalink === null ? null : safeHref(listing.permalink);
  return (
    <div className="mb-2 flex gap-2.5">
      <Thumbnail address={listing.thumbnail} />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-sm [overflow-wrap:anywhere]">{listing.title}</p>
        {listing.price !== null && (
          <p className="font-semibold text-md" suppressHydrationWarning>
            {formatMoney(listing.price, locale)}
          </p>
        )}
        {href !== null && (
          <a
            href={href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="-my-1 inline-flex items-center gap-1 py-1 font-semibold text-accent text-xs hover:underline max-md:min-h-11"
          >
            {t("open")}
            <ExternalLink aria-hidden="true" className="size-3" />
          </a>
        )}
      </div>
    </div>
  );
}

function Status({ listing: { status, subStatus } }: { listing: Listing }) {
  const t = useTranslations("question.panel");
  const threads = useTranslations("thread.context");
  if (status === null) return null;
  const known = knownOf(STATUSES, status);
  const why = subStatus.map((one) => {
    const worded = knownOf(SUB_STATUSES, one);
    return worded === null ? spellOut(one) : t(`why.${worded}`);
  });
  return (
    <Fact label={threads("status")}>
      <Chip tone={known === null ? "mute" : TONE[known]}>
        {known === null ? spellOut(status) : t(`status.${known}`)}
      </Chip>
      {why.length > 0 && <span className="block text-ink-3 text-xs">{why.join(", ")}</span>}
    </Fact>
  );
}

function Attributes({ attributes }: Pick<Listing, "attributes">) {
  const t = useTranslations("question.panel");
  const [isUnfolded, setUnfolded] = useState(false);
  if (attributes.length === 0) return null;
  // One alone is never folded: its button would take the same place.
  const canFold = attributes.length > FIRST_ATTRIBUTES + 1;
  const shown = canFold && !isUnfolded ? attributes.slice(0, FIRST_ATTRIBUTES) : attributes;
  return (
    <div className="mt-2 border-line border-t pt-2">
      <h3 className="mb-1 font-semibold text-ink-3 text-xs">{t("attributes")}</h3>
      <dl>
        {shown.map(({ name, value }) => (
          <Fact key={`${name}/${value}`} label={name}>
            {value}
          </Fact>
        ))}
      </dl>
      {canFold && (
        <button
          type="button"
          aria-expanded={isUnfolded}
          onClick={() => setUnfolded(!isUnfolded)}
          className="mt-1 rounded-1 py-1 font-semibold text-accent text-xs hover:underline max-md:min-h-11"
        >
          {isUnfolded ? t("less") : t("more", { count: attributes.length - FIRST_ATTRIBUTES })}
        </button>
      )}
    </div>
  );
}
