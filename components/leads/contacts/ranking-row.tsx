"use client";

import ExternalLink from "lucide-react/icons/external-link";
import { useLocale, useTranslations } from "next-intl";
import { Thumbnail } from "@/components/context/thumbnail";
import { PlaceLink } from "@/components/leads/place-link";
import type { LeadsPlace } from "@/components/leads/use-leads-address";
import { cx } from "@/components/ui/cx";
import { CONTACT_KINDS, type ContactItem } from "@/lib/shared/api/leads";
import { formatMoney } from "@/lib/shared/money";
import { MOST_COMPARED } from "@/lib/shared/view/leads-address";
import { countOf, itemChange, type Measure } from "@/lib/shared/view/leads-ranking";
import { localeAt } from "@/lib/shared/view/locale-at";
import { ChangeCell, Unknown } from "./change-mark";
import { useStatusWords } from "./use-status-words";

const MEASURES: readonly Measure[] = [...CONTACT_KINDS, "total"];
const CELL = "py-2 text-right max-xl:py-0 max-xl:text-left xl:px-1.5";
/** On a narrow screen the counts come first. */
const LATER = "max-xl:order-last";
/** On a narrow screen each number says itself what it is. */
const LABELLED =
  "max-xl:before:block max-xl:before:whitespace-nowrap max-xl:before:text-2xs max-xl:before:text-ink-3 max-xl:before:content-[attr(data-label)]";

/** One listing of the ranking. */
export function RankingRow({
  item,
  share,
  largest,
  measure,
  place,
  accountId,
}: {
  item: ContactItem;
  share: number | null;
  /** The largest share there is: the bar of that one is full. */
  largest: number;
  measure: Measure;
  place: LeadsPlace;
  accountId: string;
}) {
  const t = useTranslations("leads.ranking");
  const kinds = useTranslations("leads.kind");
  const chart = useTranslations("leads.chart");
  const statusWords = useStatusWords();
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const title = item.title ?? t("untitled", { id: item.itemId });
  return (
    <tr className="border-line max-xl:grid max-xl:grid-cols-4 max-xl:gap-x-2 max-xl:gap-y-1.5 max-xl:rounded-2 max-xl:border max-xl:p-3 xl:border-b">
      <th scope="row" className="py-2 text-left font-normal max-xl:col-span-full max-xl:py-0">
        <div className="flex min-w-0 items-center gap-3">
          <PickBox item={item} title={title} place={place} />
          <Thumbnail address={item.thumbnail} />
          <div className="min-w-0">
            <p className="line-clamp-2 max-w-60 font-medium max-xl:max-w-none" title={title}>
              {title}
            </p>
            <p className="flex items-center gap-x-2 whitespace-nowrap text-ink-3 text-xs max-md:flex-wrap">
              <span>{item.itemId}</span>
              <PlaceLink
                place={place}
                change={{ tab: "leads", item: item.itemId, account: accountId, type: null }}
                aria-label={t("peopleName", { title })}
                className="inline-flex items-center text-accent hover:underline max-xl:min-h-11"
              >
                {t("people")}
              </PlaceLink>
              {item.permalink !== null && (
                <a
                  href={item.permalink}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={t("open", { title })}
                  className="inline-flex min-w-6 items-center text-ink-3 hover:text-ink max-xl:size-11 max-xl:justify-center [&_svg]:size-3.5"
                >
                  <ExternalLink aria-hidden="true" />
                </a>
              )}
            </p>
          </div>
        </div>
      </th>
      <td
        data-label={t("price")}
        className={cx(CELL, LABELLED, LATER, "whitespace-nowrap max-md:col-span-2")}
      >
        {item.price === null ? (
          <Unknown words={chart("unknown")} />
        ) : (
          formatMoney(item.price, localeAt(locale, item.itemId.slice(0, 3)))
        )}
      </td>
      <td
        data-label={t("status")}
        className={cx("py-2 text-ink-2 max-md:col-span-2 max-xl:py-0 xl:px-1.5", LABELLED, LATER)}
      >
        {statusWords(item.status)}
      </td>
      {MEASURES.map((one) => {
        const count = countOf(item, one);
        return (
          <td
            key={one}
            data-label={kinds(one)}
            className={cx(CELL, LABELLED, one === measure && "font-semibold")}
          >
            {count === null ? <Unknown words={chart("unknown")} /> : number.format(count)}
          </td>
        );
      })}
      <td
        data-label={t("change")}
        className={cx(CELL, LABELLED, LATER, "whitespace-nowrap max-md:col-span-2")}
      >
        <ChangeCell change={itemChange(item, measure)} />
      </td>
      <td
        data-label={t("share")}
        className={cx("py-2 pl-3 max-md:col-span-2 max-xl:py-0 max-xl:pl-0", LABELLED, LATER)}
      >
        {share === null ? (
          <Unknown words={chart("unknown")} />
        ) : (
          <span className="flex items-center gap-2">
            <ShareBar part={largest === 0 ? 0 : share / largest} />
            <span className="w-11 text-right text-ink-2 text-xs">{percent.format(share)}</span>
          </span>
        )}
      </td>
    </tr>
  );
}

/** How long it is beside the longest; the number beside it says how much of all. */
function ShareBar({ part }: { part: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 100 6" preserveAspectRatio="none" className="h-1.5 w-full min-w-8">
      <rect width={100} height={6} rx={2} className="fill-line" />
      <rect width={part * 100} height={6} rx={2} className="fill-accent" />
    </svg>
  );
}

function PickBox({ item, title, place }: { item: ContactItem; title: string; place: LeadsPlace }) {
  const t = useTranslations("leads.ranking");
  const { compared } = place.address;
  const isPicked = compared.includes(item.itemId);
  const isFull = compared.length >= MOST_COMPARED && !isPicked;
  return (
    <label className="inline-flex size-6 shrink-0 items-center justify-center max-xl:-m-2 max-xl:size-11">
      <span className="sr-only">{t("pick", { title })}</span>
      <input
        type="checkbox"
        checked={isPicked}
        disabled={isFull}
        onChange={({ target }) =>
          place.go(({ compared: before }) => {
            const others = before.filter((one) => one !== item.itemId);
            return { compared: target.checked ? [...others, item.itemId].slice(0, MOST_COMPARED) : others };
          })
        }
        className="size-4 accent-(--accent)"
      />
    </label>
  );
}
