"use client";

import Lock from "lucide-react/icons/lock";
import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";
import { useThreadKit } from "@/components/thread/thread-kit";
import { Button, buttonClass } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import type { ComposerStore } from "@/lib/client/composer-store";
import type { threadGuideOptions } from "@/lib/client/queries";
import type { ComposerView, ThreadView } from "@/lib/shared/api/thread";
import { BlockedBanner } from "./blocked-banner";
import { KeptText } from "./kept-text";

type Closed = Extract<ComposerView, { allowed: false }>;

/** Few conversations are begun by the seller: the script of the guided start comes when one is. */
const GuidePanel = lazy(() =>
  import("./guide/guide-panel").then((module) => ({ default: module.GuidePanel })),
);

/** In the composer's place when nothing may simply be sent: why, who can change it, what to do now; below it the guided
 *  start where there is one. What was written stays in sight. */
export function ClosedComposer({
  store,
  view,
  closed,
  guide,
  check,
}: {
  store: ComposerStore;
  view: ThreadView;
  closed: Closed;
  guide: ReturnType<typeof threadGuideOptions>;
  check: { run: () => void; isBusy: boolean };
}) {
  const { draft } = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const kit = useThreadKit(view);
  const kept = <KeptText text={draft.text} buyer={view.row.buyer} />;
  const isKept = draft.text.trim() !== "" && !closed.hasGuide;
  return (
    <div
      className={cx(
        "shrink-0 space-y-3 overflow-y-auto border-line border-t bg-pane-2 px-5 py-3 *:mx-auto *:max-w-[64rem] max-md:px-3",
        closed.hasGuide ? "max-h-[75dvh] scroll-pb-40" : "max-h-[60dvh]",
      )}
    >
      {kit?.shuts.has(closed.because) ? (
        <kit.Shut closed={closed} isKept={isKept} action={<CheckButton check={check} />} />
      ) : closed.because === "blocked" ? (
        <BlockedBanner
          substatus={closed.substatus ?? view.row.substatus}
          view={view}
          hasGuide={closed.hasGuide}
          isKept={isKept}
          check={check}
        />
      ) : (
        <ClosedNotice because={closed.because} isKept={isKept} check={check} />
      )}
      {closed.hasGuide ? (
        <Suspense fallback={kept}>
          <GuidePanel store={store} view={view} guide={guide} check={check} kept={kept} />
        </Suspense>
      ) : (
        kept
      )}
    </div>
  );
}

function ClosedNotice({
  because,
  isKept,
  check,
}: {
  because: Exclude<Closed["because"], "blocked">;
  isKept: boolean;
  check: { run: () => void; isBusy: boolean };
}) {
  const t = useTranslations("composer.closed");
  const blocks = useTranslations("blocks");
  const action: ReactNode =
    because === "disconnected" ? (
      <a href="/settings" className={buttonClass("secondary", "sm")}>
        {t("toSettings")}
      </a>
    ) : (
      <CheckButton check={check} />
    );
  return (
    <section data-closed={because} aria-label={t(because)} tabIndex={-1}>
      <Notice tone="mute" icon={<Lock />} action={action}>
        {t(because)} {isKept && blocks("kept")}
      </Notice>
    </section>
  );
}

function CheckButton({ check }: { check: { run: () => void; isBusy: boolean } }) {
  const t = useTranslations("composer.closed");
  return (
    <Button size="sm" isBusy={check.isBusy} onClick={check.run}>
      {t("check")}
    </Button>
  );
}
