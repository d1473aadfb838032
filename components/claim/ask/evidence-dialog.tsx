"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import {
  EVIDENCE_METHODS_ASKED,
  type EvidenceField,
  type EvidenceMethod,
  evidenceFields,
  evidenceOf,
} from "@/lib/shared/view/claim-forms";
import { AskFilePicker } from "./ask-files";
import { AskFrame } from "./ask-frame";
import { FIELD, Field } from "./field";
import { useAsk, useStop } from "./use-ask";
import { useAskFiles } from "./use-ask-files";
import { useConfirm } from "./use-confirm";

const FILES = "evidence";
const DATES: ReadonlySet<EvidenceField> = new Set(["shippedOn", "deliveredOn", "handlingOn"]);

/** Asks how the parcel was sent, with what each way needs (claims.md 6.1). */
export function EvidenceDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("claim.ask.evidence");
  const lacks = useTranslations("claim.ask.review.missing");
  const dialog = useRef<HTMLDialogElement>(null);
  const files = useAskFiles();
  const { confirm, isBusy, isFrozen, problem } = useConfirm(dialog, files.keep);
  const [method, setMethod] = useState<EvidenceMethod>("mail");
  const [typed, setTyped] = useState<Partial<Record<EvidenceField, string>>>({});
  const isFixed = isBusy || isFrozen;
  const filled = evidenceOf(method, typed);
  const takesFiles = method !== "promise";
  const ask = useAsk("evidence", null);
  const stop = useStop("evidence");

  function missing(): string | null {
    if (filled.kind === "missing") {
      return t("missing", { fields: filled.fields.map((name) => t(`field.${name}`)).join(", ") });
    }
    if (!takesFiles) return null;
    if (files.isUploading(FILES)) return lacks("uploading");
    return files.hasBad(FILES) ? lacks("badFiles") : null;
  }

  return (
    <AskFrame
      ask={ask}
      missing={missing()}
      stop={stop}
      isBusy={isBusy}
      problem={problem}
      dialog={dialog}
      onConfirm={() => {
        if (filled.kind === "missing") return;
        confirm({
          kind: "evidence",
          evidence: filled.evidence,
          files: takesFiles ? files.ready(FILES) : [],
        });
      }}
      onClose={onClose}
    >
      <fieldset disabled={isFixed}>
        <legend className="mb-1.5 font-semibold text-sm">{t("method")}</legend>
        <div className="flex flex-col gap-1">
          {EVIDENCE_METHODS_ASKED.map((one) => (
            <label
              key={one}
              className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-1 px-1 text-md max-md:min-h-11"
            >
              <input
                type="radio"
                name="claim-evidence"
                checked={method === one}
                onChange={() => setMethod(one)}
                className="size-4 shrink-0 accent-(--accent)"
              />
              {t(one)}
            </label>
          ))}
        </div>
      </fieldset>
      {evidenceFields(method).map(({ name, isNeeded }) => (
        <Field key={name} label={isNeeded ? t(`field.${name}`) : `${t(`field.${name}`)} ${t("optional")}`}>
          {(props) => (
            <input
              {...props}
              type={DATES.has(name) ? "date" : name === "email" ? "email" : "text"}
              required={isNeeded}
              maxLength={200}
              disabled={isFixed}
              value={typed[name] ?? ""}
              onChange={({ target }) => setTyped((before) => ({ ...before, [name]: target.value }))}
              className={FIELD}
            />
          )}
        </Field>
      ))}
      {takesFiles && <AskFilePicker files={files} group={FILES} label={t("addFiles")} isFixed={isFixed} />}
    </AskFrame>
  );
}
