"use client";

import Eye from "lucide-react/icons/eye";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import type { ComposerParts } from "@/components/thread/thread-kit";
import { cx } from "@/components/ui/cx";
import type { ClaimRole } from "@/lib/shared/api/claim";
import type { ComposerView } from "@/lib/shared/api/thread";
import { lengthOf } from "@/lib/shared/message-length";
import { readerOf } from "@/lib/shared/view/claim-head";
import { useDesk } from "./use-desk";

/** Beyond this a message may be refused: the maximum is not published, and one client keeps to it (claims.md 5.3). */
const LONG = 2_000;
const NEAR_LONG = 1_500;

/** What a claim's composer says beside its field: who will read it, chosen where there is a choice, and a word about length. */
export function Composing({
  composer,
  text,
  to: chosen,
  onTo,
  children,
}: {
  composer: Extract<ComposerView, { allowed: true }>;
  text: string;
  to: ClaimRole | null;
  onTo: (to: ClaimRole) => void;
  children: (parts: ComposerParts) => ReactNode;
}) {
  const t = useTranslations("claim");
  const threads = useTranslations("thread");
  const words = useTranslations("composer");
  const { row } = useDesk().view;
  const choice = useRef<HTMLFieldSetElement>(null);
  const [isAsked, setAsked] = useState(false);
  const receivers = composer.to;
  const [first] = receivers;
  const isChoice = receivers.length > 1;
  const to = isChoice ? (receivers.find((role) => role === chosen) ?? null) : (first ?? null);
  const reader = to === null ? null : readerOf(to);
  const name = row.buyer ?? threads("buyer");
  const length = lengthOf(text.trim());

  function ask(): void {
    setAsked(true);
    choice.current?.querySelector<HTMLElement>("input")?.focus();
  }

  return children({
    formLabel: reader === "mediator" ? t("compose.formMediator") : words("form", { buyer: name }),
    placeholder:
      reader === null
        ? t("compose.placeholderChoose")
        : reader === "mediator"
          ? t("compose.placeholderMediator")
          : t("compose.placeholderBuyer", { name }),
    to,
    askTo: to === null ? ask : null,
    // Without a published maximum a number says nothing, until it is a large one.
    counter: length > NEAR_LONG && (
      <span className="text-ink-3 text-xs tabular-nums">
        <span aria-hidden="true">{length}</span>
        <span className="sr-only">{t("compose.counter", { count: length })}</span>
      </span>
    ),
    above: (
      <div className="mx-auto mb-2 max-w-[64rem]">
        {isChoice ? (
          <fieldset ref={choice} className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <legend className="float-left mr-4 font-semibold text-sm">{t("reader.legend")}</legend>
            {receivers.map((role) => (
              <label key={role} className="flex cursor-pointer items-center gap-2 text-sm max-md:min-h-11">
                <input
                  type="radio"
                  name="claim-reader"
                  checked={to === role}
                  onChange={() => onTo(role)}
                  className="size-4 shrink-0 accent-(--accent)"
                />
                {t(`reader.${readerOf(role)}`)}
              </label>
            ))}
            <p role="alert" className="w-full text-due text-xs empty:hidden">
              {isAsked && to === null && t("reader.choose")}
            </p>
          </fieldset>
        ) : (
          reader !== null && (
            <p
              className={cx(
                "flex items-center gap-2 text-sm",
                reader === "mediator" ? "font-semibold text-mute" : "text-ink-2",
              )}
            >
              <Eye aria-hidden="true" className="size-4 shrink-0" />
              {t(reader === "mediator" ? "reader.onlyMediator" : "reader.onlyBuyer")}
            </p>
          )
        )}
        {length > LONG && <p className="mt-1 text-soon text-xs">{t("compose.long")}</p>}
      </div>
    ),
  });
}
