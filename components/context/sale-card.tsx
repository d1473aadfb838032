"use client";

import { useLocale, useTranslations } from "next-intl";
import { Moment } from "@/components/inbox/moment";
import { Card } from "@/components/ui/card";
import type { ContextView } from "@/lib/shared/api/thread";
import { formatMoney } from "@/lib/shared/money";
import { localeAt } from "@/lib/shared/view/locale-at";
import { safeHref } from "@/lib/shared/view/rich-text";
import { knownOf, ORDER_STATUSES, spellOut } from "@/lib/shared/view/statuses";
import { Fact } from "./fact";
import { Thumbnail } from "./thumbnail";

type Order = NonNullable<ContextView["order"]>;

/** What was sold, for how much, and where the sale stands. */
export function SaleCard({ order, siteId, timeZone }: { order: Order; siteId: string; timeZone: string }) {
  const t = useTranslations("thread.context");
  const locale = localeAt(useLocale(), siteId);
  const status = knownOf(ORDER_STATUSES, order.status);
  return (
    <Card title={t("sale")}>
      <ul className="mb-2 space-y-2.5">
        {order.items.map((item) => (
          <Item key={`${item.id}/${item.variation ?? ""}`} item={item} locale={locale} />
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

function Item({ item, locale }: { item: Order["items"][number]; locale: string }) {
  const t = useTranslations("thread.context");
  const href = item.permalink === null ? null : safeHref(item.permalink);
  const price = item.unitPrice === null ? null : formatMoney(item.unitPrice, locale);
  return (
    <li className="flex gap-2.5">
      <Thumbnail address={item.thumbnail} />
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
