"use client";

import ChevronLeft from "lucide-react/icons/chevron-left";
import Info from "lucide-react/icons/info";
import MailOpen from "lucide-react/icons/mail-open";
import MessageSquare from "lucide-react/icons/message-square";
import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { IconButton, iconButtonClass } from "@/components/ui/icon-button";
import { useNow } from "@/lib/client/now";
import type { ThreadView } from "@/lib/shared/api/thread";
import type { ChannelName } from "@/lib/shared/thread";
import { toneOfDue } from "@/lib/shared/view/due";
import { spanOf } from "@/lib/shared/view/moments";
import { useThreadKit } from "./thread-kit";

/** What it is called until what was sold is known. */
const TITLES = {
  messages: "saleTitle",
  claims: "claims.title",
  questions: "questions.title",
} as const satisfies Record<ChannelName, string>;

/** The way to what stands beside it, where there is no room for both. */
const BESIDE = {
  messages: "showContext",
  claims: "showClaim",
  questions: "questions.show",
} as const satisfies Record<ChannelName, string>;

/** What was sold, who bought it, the number they know it by; and the few acts that concern the whole conversation. */
export function ThreadHeader({
  view,
  backHref,
  onBack,
  onShowContext,
  markRead,
}: {
  view: Pick<ThreadView, "row" | "context" | "claim" | "question">;
  backHref: string;
  onBack: () => void;
  onShowContext: () => void;
  markRead: { run: () => void; isBusy: boolean };
}) {
  const t = useTranslations("thread");
  const { row } = view;
  const kit = useThreadKit(view);

  function back(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onBack();
  }

  return (
    <header className="flex min-h-[4.1875rem] shrink-0 items-center gap-3 border-line border-b px-5 py-2.5 max-md:gap-1.5 max-md:px-1.5">
      <a href={backHref} onClick={back} aria-label={t("back")} className={`${iconButtonClass()} md:hidden`}>
        <ChevronLeft aria-hidden="true" className="text-accent" />
      </a>
      <span
        aria-hidden="true"
        className="inline-flex size-[34px] shrink-0 items-center justify-center rounded-1 border border-line bg-pane-2 text-ink-2 max-md:hidden"
      >
        {kit ? <kit.Mark /> : <MessageSquare className="size-4" />}
      </span>
      <div className="min-w-0 flex-1">
        <h1 className="truncate font-semibold text-lg leading-6">
          {row.product ?? t(TITLES[row.channel], { id: row.externalId })}
        </h1>
        {kit ? <kit.HeadLine /> : <SaleLine view={view} />}
      </div>
      {row.meliUnread > 0 && (
        <Button
          onClick={markRead.run}
          isBusy={markRead.isBusy}
          title={t("markReadHint", { count: row.meliUnread })}
          className="max-lg:px-2 max-md:min-w-11"
        >
          {!markRead.isBusy && <MailOpen aria-hidden="true" className="size-4" />}
          <span className="max-lg:sr-only">{t("markRead")}</span>
        </Button>
      )}
      {kit?.HeadActs && <kit.HeadActs />}
      <span className="xl:hidden">
        <IconButton label={t(BESIDE[row.channel])} side="left" variant="outline" onClick={onShowContext}>
          <Info aria-hidden="true" />
        </IconButton>
      </span>
    </header>
  );
}

/** Who bought it, until when they must be answered, the number they know it by. */
function SaleLine({ view }: { view: Pick<ThreadView, "row" | "context"> }) {
  const t = useTranslations("thread");
  const { row } = view;
  return (
    <p className="truncate text-ink-2 text-sm">
      {row.buyer ?? t("buyer")}
      {row.status === "open" && row.dueAt !== null ? (
        <Due at={row.dueAt} />
      ) : (
        row.isWaiting && row.status === "open" && <Waiting since={row.sortAt} />
      )}
      {" · "}
      {t(numberKey(view), { id: row.externalId })}
    </p>
  );
}

/** A conversation belongs to a pack, or to an order that has none (messages.md 0.2): only the sale tells which. */
function numberKey({ row, context }: Pick<ThreadView, "row" | "context">) {
  if (!context?.order) return "saleNumber";
  return context.order.id === row.externalId ? "orderNumber" : "packNumber";
}

/** How much is left to answer, where a clock runs. */
function Due({ at }: { at: Date }) {
  const t = useTranslations("inbox.chip.due");
  const now = useNow();
  const { unit, count } = spanOf(now.getTime(), at.getTime());
  const tone = toneOfDue(at, now);
  return (
    <>
      {" · "}
      <span
        className={cx("lowercase", tone === "due" ? "text-due" : tone === "soon" && "text-soon")}
        suppressHydrationWarning
      >
        {at <= now ? t("over") : t(unit, { count })}
      </span>
    </>
  );
}

function Waiting({ since }: { since: Date }) {
  const t = useTranslations("inbox.chip.waiting");
  const { unit, count } = spanOf(since.getTime(), useNow().getTime());
  return (
    <>
      {" · "}
      <span className="text-soon lowercase" suppressHydrationWarning>
        {t(unit, { count })}
      </span>
    </>
  );
}
