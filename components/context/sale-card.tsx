"use client";

import { useLocale, useTranslations } from "next-intl";
import { Moment } from "@/components/inbox/moment";
import { Card } from "@/components/ui/card";
import type { ContextView } from "@/lib/shared/api/thread";
import { formatMoney } from "@/lib/shared/money";
import { pictureOf } from "@/lib/shared/view/files";
import { safeHref } from "@/lib/shared/view/rich-text";
import { knownOf, ORDER_STATUSES, spellOut } from "@/lib/shared/view/statuses";
import { Fact } from "./fact";

type Order = NonNullable<ContextView["order"]>;

/** What was sold, for how much, and where the sale stands. */
export function SaleCard({ order, timeZone }: { order: Order; timeZone: string }) {
  const t = useTranslations("thread.context");
  const locale = useLocale();
  const status = knownOf(ORDER_STATUSES, order.status);
  return (
    <Card title={t("sale")}>
      <ul className="mb-2 space-y-2.5">
        {order.items.map((item) => (
          <Item key={`${item.id}/${item.variation ?? ""}`} item={item} />
        ))}
      </ul>
      <dl>
        <Fact label={t("status")}>{status === null ? spellOut(order.status) : t(`order.${status}`)}</Fact>
        <Fact label={t("number")}>{order.id}</Fact>
        <Fact label={t("date")}>
          <Moment at={order.createdAt} timeZone={timeZone} style="date" />
        </Fact>
        {order.total !== null && (
          <Fact label={t("total")}>
            <span suppressHydrationWarning>{formatMoney(order.total, locale)}</span>
          </Fact>
        )}
      </dl>
    </Card>
  );
}

function Item({ item }: { item: Order["items"][number] }) {
  const t = useTranslations("thread.context");
  const locale = useLocale();
  const picture = pictureOf(item.thumbnail);
  const href = item.permalink === null ? null : safeHref(item.permalink);
  const price = item.unitPrice === null ? null : formatMoney(item.unitPrice, locale);
  return (
    <li className="flex gap-2.5">
      {picture === null ? (
        <span aria-hidden="true" className="size-11 shrink-0 rounded-1 bg-buyer" />
      ) : (
        <picture className="contents">
          <img
            src={picture}
            alt=""
            width={44}
            height={44}
            loading="lazy"
            referrerPolicy="no-referrer"
            className="size-11 shrink-0 rounded-1 bg-buyer object-cover"
          />
        </picture>
      )}
      <div className="min-w-0 flex-1">
        <p className="font-medium text-sm [overflow-wrap:anywhere]">
          {href === null ? (
            item.title
          ) : (
            <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="hover:underline">
              {item.title}
            </a>
          )}
        </p>
        <p className="text-ink-3 text-xs" suppressHydrationWarning>
          {[item.variation, price, t("units", { count: item.quantity })]
            .filter((part) => part !== null)
            .join(" · ")}
        </p>
      </div>
    </li>
  );
}
