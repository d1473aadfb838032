"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useDesk } from "@/components/claim/use-desk";
import { actOptionsOptions } from "@/lib/client/queries";
import type { ActOptions } from "@/lib/shared/api/claim";
import { FAIL_REASONS } from "@/lib/shared/view/claim-codes";
import { type FailureDraft, failuresOf } from "@/lib/shared/view/claim-forms";
import { AskFilePicker } from "./ask-files";
import { AskFrame } from "./ask-frame";
import { FIELD, Field } from "./field";
import { OptionsState, useOptionsStop } from "./options-state";
import { useAsk, useStop } from "./use-ask";
import { type AskFiles, useAskFiles } from "./use-ask-files";
import { useConfirm } from "./use-confirm";

type Options = Extract<ActOptions, { kind: "reviewFail" }>;
type Reason = Options["reasons"][number];
type Typed = Pick<FailureDraft, "message" | "orderId">;

const EMPTY: Typed = { message: "", orderId: null };

/** Asks what is wrong with a return that came back: reasons as Mercado Libre lists them now, each with its words and photos. */
export function ReviewDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("claim.ask.review");
  const dialog = useRef<HTMLDialogElement>(null);
  const { viewer, threadRef, view } = useDesk();
  const ref = { ...threadRef, account: view.row.accountId };
  const options = useQuery(actOptionsOptions(viewer, ref, "reviewFail"));
  const files = useAskFiles();
  const { confirm, isBusy, isFrozen, problem } = useConfirm(dialog, files.keep);
  const [picked, setPicked] = useState<ReadonlyMap<string, Typed>>(new Map());
  const ask = useAsk("reviewFail", null);
  const stop = useStop("reviewFail");
  const closed = useOptionsStop(options.data);
  const nameOf = useReasonName();
  const told = options.data?.kind === "reviewFail" ? options.data : null;
  const filled = failuresOf(told?.reasons ?? [], draftsOf(picked, files));

  function missing(): string | null {
    if (filled.kind === "fine") return null;
    const reason = told?.reasons.find(({ id }) => id === filled.reason);
    return t(`missing.${filled.lack}`, { reason: reason === undefined ? "" : nameOf(reason) });
  }

  function pick(id: string, typed: Typed | null): void {
    const next = new Map(picked);
    if (typed === null) next.delete(id);
    else next.set(id, typed);
    setPicked(next);
  }

  return (
    <AskFrame
      ask={ask}
      missing={missing()}
      stop={stop ?? closed ?? (told?.reasons.length === 0 ? t("none") : null)}
      isBusy={isBusy}
      problem={problem}
      dialog={dialog}
      onConfirm={() => {
        if (filled.kind === "fine") confirm({ kind: "reviewFail", failures: filled.failures });
      }}
      onClose={onClose}
    >
      <OptionsState query={options} />
      {told !== null && told.reasons.length > 0 && (
        <fieldset disabled={isBusy || isFrozen} className="space-y-1.5">
          <legend className="mb-1.5 font-semibold text-sm">{t("reasons")}</legend>
          {told.reasons.map((reason) => (
            <ReasonPart
              key={reason.id}
              reason={reason}
              name={nameOf(reason)}
              orders={told.orders}
              typed={picked.get(reason.id) ?? null}
              files={files}
              isFixed={isBusy || isFrozen}
              onChange={(typed) => pick(reason.id, typed)}
            />
          ))}
        </fieldset>
      )}
    </AskFrame>
  );
}

function draftsOf(picked: ReadonlyMap<string, Typed>, files: AskFiles): Map<string, FailureDraft> {
  return new Map(
    [...picked].map(([id, typed]) => [
      id,
      {
        ...typed,
        files: files.ready(id),
        isUploading: files.isUploading(id),
        hasBadFiles: files.hasBad(id),
      },
    ]),
  );
}

/** A reason in the reader's language, else in Mercado Libre's own words, else its code. */
function useReasonName(): (reason: Pick<Reason, "id" | "text">) => string {
  const t = useTranslations("claim.ask.review.reason");
  return ({ id, text }) => {
    const known = FAIL_REASONS.find((one) => one === id);
    if (known !== undefined) return t(known);
    return text !== null && text.trim() !== "" ? text : t("unknown", { code: id });
  };
}

function ReasonPart({
  reason,
  name,
  orders,
  typed,
  files,
  isFixed,
  onChange,
}: {
  reason: Reason;
  name: string;
  orders: Options["orders"];
  typed: Typed | null;
  files: AskFiles;
  isFixed: boolean;
  onChange: (typed: Typed | null) => void;
}) {
  const t = useTranslations("claim.ask.review");
  return (
    <div className="rounded-1 border border-line px-3 py-1.5 has-[:checked]:border-line-strong">
      <label className="flex min-h-8 cursor-pointer items-center gap-2.5 text-md max-md:min-h-11">
        <input
          type="checkbox"
          checked={typed !== null}
          onChange={({ target }) => onChange(target.checked ? EMPTY : null)}
          className="size-4 shrink-0 accent-(--accent)"
        />
        {name}
      </label>
      {typed !== null && (
        <div className="mt-1 mb-1.5 space-y-2">
          <Field label={t("message", { reason: name })} hint={t("messageHint")}>
            {(props) => (
              <textarea
                {...props}
                rows={2}
                maxLength={1_000}
                value={typed.message}
                onChange={({ target }) => onChange({ ...typed, message: target.value })}
                className={FIELD}
              />
            )}
          </Field>
          {orders.length > 1 &&
            (reason.isForOrder ? (
              <Field label={t("order")}>
                {(props) => (
                  <select
                    {...props}
                    value={typed.orderId ?? ""}
                    onChange={({ target }) =>
                      onChange({ ...typed, orderId: target.value === "" ? null : target.value })
                    }
                    className={FIELD}
                  >
                    <option value="">{t("wholeParcel")}</option>
                    {orders.map(({ id, title }) => (
                      <option key={id} value={id}>
                        {title === null ? id : `${title} · ${id}`}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            ) : (
              <p className="text-ink-3 text-xs">{t("onlyWhole")}</p>
            ))}
          {reason.needsFiles && files.list(reason.id).length === 0 && (
            <p className="text-sm text-soon">{t("needsFiles")}</p>
          )}
          <AskFilePicker
            files={files}
            group={reason.id}
            label={t("addFiles")}
            about={name}
            isFixed={isFixed}
          />
        </div>
      )}
    </div>
  );
}
