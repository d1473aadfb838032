"use client";

import Check from "lucide-react/icons/check";
import CircleAlert from "lucide-react/icons/circle-alert";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { NextIntlClientProvider, useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { foldLines, type LintLine, type Quote } from "@/lib/shared/view/lint-lines";
import { MODERATION_REASONS } from "@/lib/shared/view/reasons";
import type { Words } from "@/lib/shared/words/words";

/** What a repair did: signs that were replaced by what Mercado Libre takes, and signs that were taken out. */
export interface Repaired {
  replaced: readonly string[];
  removed: readonly string[];
}

export interface LintNotesProps {
  id: string;
  words: Words["lint"];
  lines: readonly LintLine[];
  /** Send was pressed on what Mercado Libre certainly refuses: the next press decides. */
  isAsking: boolean;
  /** Send was pressed before the warnings were told: the next press decides. */
  isHeld: boolean;
  /** Just repaired, and not typed over since. */
  repaired: Repaired | null;
  /** Why Mercado Libre rejected this text before: its line need not say so again. */
  rejectedFor: string | null;
  onFind: (quote: Quote) => void;
  onRepair: () => void;
  onUndoRepair: () => void;
  onRepairAndSend: () => void;
  onSendAnyway: () => void;
  /** Back to the text, without a decision. */
  onLeave: () => void;
}

/** What Mercado Libre will not take, or is likely to reject, of the text above it. */
export function LintNotes({ words, ...props }: LintNotesProps) {
  return (
    <NextIntlClientProvider locale={useLocale()} messages={{ lint: words }}>
      <Notes {...props} />
    </NextIntlClientProvider>
  );
}

function Notes({
  id,
  lines,
  isAsking,
  isHeld,
  repaired,
  rejectedFor,
  ...acts
}: Omit<LintNotesProps, "words">) {
  const t = useTranslations("lint");
  const [isUnfolded, setUnfolded] = useState(false);
  const { shown, folded } = foldLines(lines, isUnfolded);
  const what = lines.map(({ kind }) => t(`name.${kind}`)).join(", ");

  function onKeyDown(event: KeyboardEvent): void {
    if (!isAsking) return;
    const isSend = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (!isSend && event.key !== "Escape") return;
    event.preventDefault();
    if (isSend) acts.onRepairAndSend();
    else acts.onLeave();
  }

  return (
    <>
      {/* Its words change with the set of warnings alone: a longer number is no further news. */}
      <p id={id} role="status" className="sr-only">
        {lines.length > 0 && !isAsking && !isHeld && t("announce", { count: lines.length, what })}
        {isHeld && t("heldFor", { what })}
      </p>
      <fieldset aria-label={t("label")} onKeyDown={onKeyDown} className="min-w-0 px-3 empty:hidden">
        {isHeld && (
          <p className="flex items-start gap-2 py-1 text-due text-xs">
            <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
            {t("held")}
          </p>
        )}
        {shown.map((line) => (
          <Line
            key={line.kind}
            isAsking={isAsking && line.isRepairable}
            onFind={acts.onFind}
            line={line}
            textId={`${id}text`}
            isRejectedFor={line.reason !== null && line.reason === rejectedFor}
            actions={
              line.isRepairable && <RepairActions textId={`${id}text`} isAsking={isAsking} {...acts} />
            }
          />
        ))}
        {folded > 0 && (
          <LinkButton onClick={() => setUnfolded(true)} className="ml-4.5 text-soon max-md:ml-3.5">
            {t("unfold", { count: folded })}
          </LinkButton>
        )}
      </fieldset>
      <RepairedNote repaired={repaired} onUndo={acts.onUndoRepair} />
    </>
  );
}

/** One warning: the words it is about, what Mercado Libre does, and what to change. */
function Line({
  line,
  textId,
  isAsking,
  isRejectedFor,
  onFind,
  actions,
}: {
  line: LintLine;
  /** Of the words that a decision is about. */
  textId: string;
  isAsking: boolean;
  isRejectedFor: boolean;
  onFind: (quote: Quote) => void;
  actions: ReactNode;
}) {
  const t = useTranslations("lint");
  const { kind, quotes, more } = line;
  const found = (
    <>
      {quotes.map((quote) => (
        <Found key={quote.text} quote={quote} isSign={line.isRepairable} onFind={onFind} />
      ))}
      {more > 0 && <span>{t("more", { count: more })} </span>}
    </>
  );
  return (
    <div className={cx("flex items-start gap-2 py-1 text-xs", isAsking ? "flex-wrap text-due" : "text-soon")}>
      <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
      {kind === "characters" || kind === "emoji" || kind === "unsupported" ? (
        <p className="min-w-0 max-md:flex-1">
          <span id={textId}>{t(`${isAsking ? "asked" : "refused"}.${kind}`)}</span> {found}
        </p>
      ) : (
        <p className="min-w-0">
          {found}
          {!isRejectedFor && `${t(`why.${whyOf(line.reason)}`)} `}
          <span className="text-ink-2">{t(`advice.${kind}`)}</span>
        </p>
      )}
      {actions}
    </div>
  );
}

/** Those of messages, and the one of answers that is not among them (questions-and-contacts.md 1.6). */
const WORDED = [...MODERATION_REASONS, "LINKS"] as const;

function whyOf(reason: string | null) {
  return WORDED.find((known) => known === reason) ?? "other";
}

/** The words as they stand in the text: a press shows where. */
function Found({ quote, isSign, onFind }: { quote: Quote; isSign: boolean; onFind: (quote: Quote) => void }) {
  const t = useTranslations("lint");
  return (
    <>
      <button
        type="button"
        aria-label={t("find", { words: quote.text })}
        onClick={() => onFind(quote)}
        className={cx(
          "relative rounded-[4px] bg-soon-wash px-1 font-semibold text-soon [overflow-wrap:anywhere] hover:underline",
          "max-md:after:absolute max-md:after:-inset-x-1 max-md:after:-inset-y-2",
          isSign && "min-w-5 text-center",
        )}
      >
        {quote.text}
      </button>{" "}
    </>
  );
}

/** One press repairs. After a press of Send it repairs and sends: the same key, pressed twice, is enough. */
function RepairActions({
  textId,
  isAsking,
  onRepair,
  onRepairAndSend,
  onSendAnyway,
}: { textId: string } & Pick<LintNotesProps, "isAsking" | "onRepair" | "onRepairAndSend" | "onSendAnyway">) {
  const t = useTranslations("lint");
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking) first.current?.focus();
  }, [isAsking]);
  if (!isAsking)
    return (
      <LinkButton onClick={onRepair} className="text-soon">
        {t("fix")}
      </LinkButton>
    );
  return (
    <div className="flex w-full flex-wrap gap-1.5 pl-5.5 max-md:pl-0">
      <Button
        ref={first}
        size="sm"
        onClick={onRepairAndSend}
        aria-describedby={textId}
        // Also when the pointer brought it here: the next key is its.
        className="focus:outline-2 focus:outline-accent focus:outline-offset-2"
      >
        {t("fixAndSend")}
      </Button>
      <Button size="sm" variant="ghost" onClick={onSendAnyway}>
        {t("sendAnyway")}
      </Button>
    </div>
  );
}

/** An action in the line itself; on a phone it can be hit as any other button. */
function LinkButton({
  onClick,
  className,
  children,
}: {
  onClick: () => void;
  className?: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={cx(
        "-my-2 shrink-0 rounded-1 px-1 py-2 font-semibold text-xs underline underline-offset-2",
        "hover:text-ink max-md:-my-3.5 max-md:px-2 max-md:py-3.5",
        className,
      )}
    >
      {children}
    </button>
  );
}

/** Says what a repair changed, for as long as nothing else was typed. */
function RepairedNote({ repaired, onUndo }: { repaired: Repaired | null; onUndo: () => void }) {
  const t = useTranslations("lint");
  return (
    <div role="status" className="px-3 empty:hidden">
      {repaired !== null && (
        <p className="flex items-start gap-2 py-1 text-ink-2 text-xs">
          <Check aria-hidden="true" className="mt-px size-3.5 shrink-0 text-fine" />
          <span className="flex flex-wrap gap-x-3">
            {repaired.replaced.length > 0 && (
              <span>{t("replaced", { signs: repaired.replaced.join(" ") })}</span>
            )}
            {repaired.removed.length > 0 && (
              <span>{t("removed", { signs: repaired.removed.join(" ") })}</span>
            )}
          </span>
          <LinkButton onClick={onUndo} className="text-ink-2">
            {t("undo")}
          </LinkButton>
        </p>
      )}
    </div>
  );
}
