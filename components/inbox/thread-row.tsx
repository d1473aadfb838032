"use client";

import CircleHelp from "lucide-react/icons/circle-question-mark";
import MessageSquare from "lucide-react/icons/message-square";
import ShieldAlert from "lucide-react/icons/shield-alert";
import { useLocale, useTranslations } from "next-intl";
import { type MouseEvent, memo } from "react";
import { cx } from "@/components/ui/cx";
import type { ThreadRow as Row } from "@/lib/shared/api/inbox";
import { formatMoney } from "@/lib/shared/money";
import { isSiteId, SITES } from "@/lib/shared/sites";
import { chipOf } from "@/lib/shared/view/chip";
import { stageKeyOf, wishKeyOf } from "@/lib/shared/view/claim-row";
import { localeAt } from "@/lib/shared/view/locale-at";
import { plainOf } from "@/lib/shared/view/rich-text";
import { pillCount, shortId } from "@/lib/shared/view/shorten";
import { Moment } from "./moment";
import { RowChip } from "./row-chip";
import { useZone } from "./zone";

/** One conversation of the list: who and where / what / the last words, each line with its fact at the right. Drawn again
 *  only when something of it changes: opening one conversation must not draw the whole list. */
export const ThreadRow = memo(function ThreadRow({
  row,
  rowKey,
  href,
  isOpen,
  onOpen,
  onNear,
}: {
  row: Row;
  rowKey: string;
  href: string;
  isOpen: boolean;
  onOpen: (row: Row, isByKeys: boolean) => void;
  /** The pointer or the focus is on it: opening it is likely. */
  onNear: (row: Row) => void;
}) {
  const t = useTranslations("inbox");
  const zone = useZone();
  const isFresh = row.newCount > 0;
  const chip = chipOf(row);
  const Glyph = GLYPHS[row.channel];

  function open(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || hasModifier(event)) return;
    event.preventDefault();
    onOpen(row, event.detail === 0);
  }

  return (
    <a
      href={href}
      data-row={rowKey}
      aria-current={isOpen ? "page" : undefined}
      onClick={open}
      onPointerEnter={() => onNear(row)}
      onFocus={() => onNear(row)}
      className={cx(
        "flex h-20 gap-2.5 border-line border-b border-l-2 py-[9px] pr-4 pl-[14px] -outline-offset-2",
        isOpen ? "border-l-accent bg-accent-wash" : "border-l-transparent hover:bg-pane-2",
      )}
    >
      <span
        aria-hidden="true"
        className="mt-0.5 inline-flex size-[26px] shrink-0 items-center justify-center rounded-1 border border-line bg-pane text-ink-2"
      >
        <Glyph className={cx("size-3.5", isDuty(row) && "text-due")} />
      </span>
      <span className="grid min-w-0 flex-1 grid-rows-3">
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="flex min-w-0 flex-1 items-baseline gap-1.5 text-ink-2 text-sm">
            <span className="flex min-w-0">
              {row.claim === null ? (
                <>
                  <span className="truncate">{row.buyer ?? t("buyer")}</span>
                  {row.question !== null && row.question.unanswered > 1 && (
                    <span className="shrink-0 whitespace-pre md:max-lg:hidden">{` · ${t("unanswered", { count: row.question.unanswered })}`}</span>
                  )}
                  {row.product !== null && row.question === null && (
                    <span
                      className={cx("shrink-0 whitespace-pre", row.buyer !== null && "md:max-lg:hidden")}
                    >{` · ${t("sale", { id: shortId(row.externalId) })}`}</span>
                  )}
                </>
              ) : (
                <ClaimWords claim={row.claim} />
              )}
            </span>
            <span className="shrink-0 font-semibold text-2xs text-ink-3">{siteCode(row)}</span>
          </span>
          {(row.isPulled || row.product !== null) && (
            <Moment at={row.sortAt} timeZone={zone} style="row" className="shrink-0 text-ink-3 text-xs" />
          )}
        </span>
        <span className="flex min-w-0 items-center gap-2">
          <span className={cx("min-w-0 flex-1 truncate text-md", isFresh ? "font-bold" : "font-medium")}>
            {row.product ?? t(TITLES[row.channel], { id: row.externalId })}
          </span>
          {row.amount !== null && <Amount row={row} money={row.amount} />}
          {isFresh && (
            <span className="min-w-[1.125rem] shrink-0 rounded-full bg-accent px-1 text-center font-semibold text-2xs text-accent-ink leading-[1.125rem]">
              <span aria-hidden="true">{pillCount(row.newCount)}</span>
              <span className="sr-only">{t("fresh", { count: row.newCount })}</span>
            </span>
          )}
        </span>
        <span className="flex min-w-0 items-center gap-2">
          <span
            className={cx(
              "min-w-0 flex-1 truncate text-sm",
              row.snippet === null ? "text-ink-3" : "text-ink-2",
            )}
          >
            {snippet()}
          </span>
          {chip !== null && <RowChip chip={chip} />}
        </span>
      </span>
    </a>
  );

  function snippet(): string {
    if (row.snippet === null && row.question !== null && row.isPulled) return t("wordsTaken");
    if (row.snippet === null) return row.claim?.title ?? t(row.isPulled ? "nobodyWrote" : "reading");
    const text = plainOf(row.snippet).trim();
    const words = text === "" ? t("onlyFile") : text;
    return row.lastDirection === "out" ? t("you", { text: words }) : words;
  }
});

const GLYPHS = { messages: MessageSquare, claims: ShieldAlert, questions: CircleHelp } as const;

const TITLES = { messages: "saleTitle", claims: "claimTitle", questions: "questionTitle" } as const;

const isDuty = ({ claim, status }: Row) => claim?.clock === "mandatory" && status !== "closed";

/** Where a claim stands and what the buyer wants. */
function ClaimWords({ claim }: { claim: NonNullable<Row["claim"]> }) {
  const t = useTranslations("claim.row");
  const wish = wishKeyOf(claim);
  return (
    <>
      <span className="shrink-0 whitespace-pre">
        {t(`stage.${stageKeyOf(claim)}`, { code: claim.stage })}
      </span>
      {wish !== null && (
        <span className="truncate whitespace-pre">
          {` · ${t(`wants.${wish}`, { code: claim.wants ?? "" })}`}
        </span>
      )}
    </>
  );
}

function Amount({ row, money }: { row: Row; money: NonNullable<Row["amount"]> }) {
  const locale = localeAt(useLocale(), row.siteId);
  return (
    <span suppressHydrationWarning className="shrink-0 text-ink-2 text-sm">
      {formatMoney(money, locale)}
    </span>
  );
}

function hasModifier(event: MouseEvent): boolean {
  return event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}

/** The site's code; a sale through Global Selling says so and names the buyer's country. */
function siteCode(row: Row): string {
  if (row.profile === "LOCAL" || row.siteId === "CBT") return row.siteId;
  return `CBT ${isSiteId(row.siteId) ? (SITES[row.siteId].country ?? "") : row.siteId}`;
}
