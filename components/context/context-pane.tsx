"use client";

import ChevronLeft from "lucide-react/icons/chevron-left";
import RefreshCw from "lucide-react/icons/refresh-cw";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ClaimLink } from "@/components/claim/claim-link";
import { Moment } from "@/components/inbox/moment";
import { useZone } from "@/components/inbox/zone";
import { useThreadKit } from "@/components/thread/thread-kit";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { Skeleton } from "@/components/ui/skeleton";
import type { ThreadView } from "@/lib/shared/api/thread";
import { Fact } from "./fact";
import { SaleCard } from "./sale-card";
import { ShipmentCard } from "./shipment-card";

/** The sale around the conversation: cards, label left, value right; nothing that is not used to answer. Beside the
 *  conversation where there is room, in its place where there is not. */
export function ContextPane({
  view,
  isShown,
  onHide,
  refresh,
}: {
  view: ThreadView;
  isShown: boolean;
  onHide: () => void;
  refresh: { run: () => void; isBusy: boolean };
}) {
  const t = useTranslations("thread.context");
  const threads = useTranslations("thread");
  const { context } = view;
  const kit = useThreadKit(view);
  const { channel, externalId } = view.row;
  const isSale = channel === "messages";
  const timeZone = useZone();
  const isEmpty =
    context !== null && context.order === null && context.buyer === null && context.shipment === null;
  return (
    <aside
      aria-label={isSale ? t("title") : threads(`${channel}.context`)}
      className={cx(
        "flex min-h-0 min-w-0 flex-col bg-pane-2 max-xl:flex-1 xl:-ml-[19.5rem] xl:w-[19.5rem] xl:shrink-0 xl:border-line xl:border-l",
        !isShown && "max-xl:hidden",
      )}
    >
      <div className="shrink-0 border-line border-b bg-pane px-2 py-2 xl:hidden">
        <Button variant="ghost" onClick={onHide}>
          <ChevronLeft aria-hidden="true" className="size-4" />
          {threads(channel === "questions" ? "questions.hide" : "hideContext")}
        </Button>
      </div>
      <div className="min-h-0 flex-1 space-y-3 overflow-y-auto p-4">
        {kit && <kit.Panel />}
        {context === null && channel !== "questions" && <SaleToCome isStale={view.isStale} />}
        {isEmpty && <p className="px-3 text-ink-2 text-sm">{t("none")}</p>}
        {context?.order && <SaleCard order={context.order} siteId={view.row.siteId} timeZone={timeZone} />}
        {context?.shipment && <ShipmentCard shipment={context.shipment} timeZone={timeZone} />}
        {context?.buyer && channel !== "questions" && (
          <Card title={t("buyer")}>
            <dl>
              <Fact label={t("nickname")}>{context.buyer.nickname}</Fact>
              <Fact label={t("name")}>{context.buyer.name}</Fact>
              <Fact label={t("place")}>{context.buyer.place}</Fact>
            </dl>
          </Card>
        )}
        <Card title={t("conversation")}>
          <dl>
            <Fact label={t("status")}>{t(view.composer.allowed ? "open" : view.row.status)}</Fact>
            <Fact label={t("account")}>{`${view.accountNickname} · ${view.row.siteId}`}</Fact>
            {isSale && <Fact label={t("meliUnread")}>{String(view.row.meliUnread)}</Fact>}
            {isSale && view.claimIds.length > 0 && (
              <Fact label={t("claims", { count: view.claimIds.length })}>
                <span className="flex flex-col items-end gap-1 max-md:gap-4">
                  {view.claimIds.map((id) => (
                    <ClaimLink key={id} id={id} />
                  ))}
                </span>
              </Fact>
            )}
            {!isSale && <Fact label={t("number")}>{view.question?.asked ?? externalId}</Fact>}
            <Fact label={t("updated")}>
              {view.pulledAt === null ? (
                t("never")
              ) : (
                <Moment at={view.pulledAt} timeZone={timeZone} style="ago" />
              )}
            </Fact>
          </dl>
          <Button size="sm" className="mt-2 w-full" isBusy={refresh.isBusy} onClick={refresh.run}>
            {!refresh.isBusy && <RefreshCw aria-hidden="true" className="size-3.5" />}
            {t("refresh")}
          </Button>
        </Card>
      </div>
    </aside>
  );
}

/** How long after opening the sale is likely still on its way: it is asked for when the conversation is. */
const COMING_MS = 8_000;

/** The place of a sale that was never read: first as something that is coming, then as what we do not know. */
function SaleToCome({ isStale }: { isStale: boolean }) {
  const t = useTranslations("thread.context");
  const [isComing, setComing] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setComing(false), COMING_MS);
    return () => clearTimeout(timer);
  }, []);
  if (isStale || !isComing) return <p className="px-3 text-ink-2 text-sm">{t("unread")}</p>;
  return (
    <Card title={t("sale")}>
      <div aria-busy="true" className="space-y-2.5">
        <Skeleton className="h-11 w-full" />
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/2" />
      </div>
    </Card>
  );
}
