"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useMoneyWords } from "@/components/claim/use-claim-words";
import { useDesk } from "@/components/claim/use-desk";
import { actOptionsOptions } from "@/lib/client/queries";
import type { ActOptions } from "@/lib/shared/api/claim";
import { spellOut } from "@/lib/shared/view/statuses";
import { AskFrame } from "./ask-frame";
import { OptionsState, useOptionsStop } from "./options-state";
import { useAsk, useStop } from "./use-ask";
import { useConfirm } from "./use-confirm";

type Offers = Extract<ActOptions, { kind: "partialRefund" }>;

/** Asks which part of the money is offered: what Mercado Libre allows at this moment, each with its amount. */
export function OfferDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("claim.ask");
  const dialog = useRef<HTMLDialogElement>(null);
  const { viewer, threadRef, view } = useDesk();
  const ref = { ...threadRef, account: view.row.accountId };
  const options = useQuery(actOptionsOptions(viewer, ref, "partialRefund"));
  const { confirm, isBusy, isFrozen, problem } = useConfirm(dialog);
  const [picked, setPicked] = useState<number | null>(null);
  const told = options.data?.kind === "partialRefund" ? options.data : null;
  const offer = told?.offers.find(({ percentage }) => percentage === picked) ?? null;
  const ask = useAsk("partialRefund", offer?.amount ?? null);
  const stop = useStop("partialRefund");
  const closed = useOptionsStop(options.data);
  return (
    <AskFrame
      ask={ask}
      missing={offer === null ? t("pickOffer") : null}
      stop={stop ?? closed ?? (told?.offers.length === 0 ? t("noOffers") : null)}
      isBusy={isBusy}
      problem={problem}
      dialog={dialog}
      onConfirm={() => {
        if (offer !== null) confirm({ kind: "partialRefund", ...offer });
      }}
      onClose={onClose}
    >
      <OptionsState query={options} />
      {told !== null && told.offers.length > 0 && (
        <OfferList told={told} picked={picked} isFixed={isBusy || isFrozen} onPick={setPicked} />
      )}
    </AskFrame>
  );
}

function OfferList({
  told,
  picked,
  isFixed,
  onPick,
}: {
  told: Offers;
  picked: number | null;
  isFixed: boolean;
  onPick: (percentage: number) => void;
}) {
  const t = useTranslations("claim.ask");
  const money = useMoneyWords();
  const recommended = new Set(told.recommendations.map(({ percentage }) => percentage));
  return (
    <>
      <fieldset disabled={isFixed}>
        <legend className="mb-1.5 font-semibold text-sm">{t("offers")}</legend>
        <div className="grid grid-cols-2 gap-1.5 max-sm:grid-cols-1">
          {told.offers.map(({ percentage, amount }) => (
            <label
              key={percentage}
              className="flex min-h-11 cursor-pointer items-center gap-2.5 rounded-1 border border-line px-3 py-1.5 has-[:checked]:border-accent has-[:checked]:bg-accent-wash has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent"
            >
              <input
                type="radio"
                name="claim-offer"
                checked={picked === percentage}
                onChange={() => onPick(percentage)}
                className="size-4 shrink-0 accent-(--accent)"
              />
              <span className="min-w-0 text-md tabular-nums">
                <span className="font-semibold">{t("offer", { percent: percentage })}</span> · {money(amount)}
                {recommended.has(percentage) && (
                  <span className="block text-fine text-xs">{t("recommended")}</span>
                )}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <Hints
        hints={[...told.restrictions, ...told.recommendations.filter(({ reason }) => reason !== null)]}
      />
    </>
  );
}

/** What Mercado Libre restricts or recommends, with its reason. */
function Hints({ hints }: { hints: Offers["restrictions"] }) {
  const t = useTranslations("claim.ask.hint");
  if (hints.length === 0) return null;
  return (
    <ul className="space-y-0.5 text-ink-2 text-sm">
      {hints.map(({ percentage, reason, type }) => {
        const kind = type?.toLowerCase();
        const key = kind === "maximum" || kind === "minimum" ? kind : "other";
        const hint = t(key, { percent: percentage });
        return (
          <li key={`${type}/${percentage}/${reason}`}>
            {reason === null ? hint : t("why", { hint, why: spellOut(reason.toLowerCase()) })}
          </li>
        );
      })}
    </ul>
  );
}
