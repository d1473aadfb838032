"use client";

import Lock from "lucide-react/icons/lock";
import { useTranslations } from "next-intl";
import { type ReactNode, useSyncExternalStore } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ComposerStore } from "@/lib/client/composer-store";
import type { ComposerView, ThreadView } from "@/lib/shared/api/thread";
import { blockRuleOf } from "@/lib/shared/substatus";
import { meaningOf } from "@/lib/shared/view/reasons";

type Closed = Extract<ComposerView, { allowed: false }>;

/** In the composer's place when nothing may be sent: why, who can change it, what to do now. What was written stays in
 *  sight, closed. */
export function ClosedComposer({
  store,
  view,
  closed,
  check,
}: {
  store: ComposerStore;
  view: ThreadView;
  closed: Closed;
  check: { run: () => void; isBusy: boolean };
}) {
  const { draft } = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const isKept = draft.text.trim() !== "";
  return (
    <div className="max-h-[60dvh] shrink-0 space-y-3 overflow-y-auto border-line border-t bg-pane-2 px-5 py-3 *:mx-auto *:max-w-[64rem] max-md:px-3">
      {closed.because === "blocked" ? (
        <BlockedBanner substatus={closed.substatus ?? view.row.substatus} isKept={isKept} />
      ) : (
        <ClosedNotice because={closed.because} isKept={isKept} check={check} />
      )}
      {isKept && <KeptText text={draft.text} buyer={view.row.buyer} />}
    </div>
  );
}

/** What a block means. `data-substatus` carries the code as it was received, for people who support sellers. */
function BlockedBanner({ substatus, isKept }: { substatus: string | null; isKept: boolean }) {
  const t = useTranslations("blocks");
  const meaning = meaningOf(substatus);
  const { reopens, step } = blockRuleOf(substatus);
  return (
    <section data-substatus={substatus ?? ""} aria-label={t(`meaning.${meaning}.title`)}>
      <Notice tone="mute" icon={<Lock />} title={t(`meaning.${meaning}.title`)}>
        {t(`meaning.${meaning}.body`)} {t(`reopens.${reopens}`)} {t(`step.${step}`)} {isKept && t("kept")}{" "}
        {substatus !== null && (
          <code title={t("code")} className="font-mono text-mute text-xs [overflow-wrap:anywhere]">
            {substatus}
          </code>
        )}
      </Notice>
    </section>
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
      <Button size="sm" isBusy={check.isBusy} onClick={check.run}>
        {t("check")}
      </Button>
    );
  return (
    <Notice tone="mute" icon={<Lock />} action={action}>
      {t(because)} {isKept && blocks("kept")}
    </Notice>
  );
}

function KeptText({ text, buyer }: { text: string; buyer: string | null }) {
  const t = useTranslations("composer");
  const threads = useTranslations("thread");
  return (
    <form aria-label={t("form", { buyer: buyer ?? threads("buyer") })}>
      <textarea
        disabled
        readOnly
        aria-label={t("kept")}
        value={text}
        rows={2}
        className="block max-h-40 min-h-14 w-full resize-none rounded-2 border border-line bg-pane px-3 py-2.5 text-ink-2 text-md [field-sizing:content]"
      />
    </form>
  );
}
