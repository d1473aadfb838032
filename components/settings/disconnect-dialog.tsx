"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { call } from "@/lib/client/api";
import { ApiError, type ApiProblem, problemOf } from "@/lib/client/api-error";
import { wipeLocalDrafts } from "@/lib/client/drafts";
import { withPatience } from "@/lib/client/with-patience";
import type { AccountView } from "@/lib/shared/api/account";
import { Done } from "@/lib/shared/api/common";

/** Asks before an account is disconnected, and whether what is kept of it should be forgotten too. */
export function DisconnectDialog({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const t = useTranslations("settings.disconnect");
  const errors = useTranslations("errors");
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const isGone = account.state === "disconnected";
  const [forget, setForget] = useState(isGone);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | "act_pending" | null>(null);
  const { nickname } = account;

  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);

  const confirm = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      await disconnect(account.id, forget);
      if (forget) wipeLocalDrafts();
      dialog.current?.close();
      router.refresh();
    } catch (error) {
      const isPending = error instanceof ApiError && error.detail.reason === "act_pending";
      setProblem(isPending ? "act_pending" : problemOf(error));
      setIsBusy(false);
    }
  };

  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={onClose} className="ask-dialog">
      <h2 id={titleId} className="font-semibold text-lg">
        {t(isGone ? "forgetTitle" : "title", { nickname })}
      </h2>
      <p className="mt-1 text-ink-2">{t(isGone ? "forgetBody" : "body")}</p>
      {isGone ? (
        <p className="mt-2 text-ink-2">{t("forgetHint")}</p>
      ) : (
        <fieldset className="mt-3 flex flex-col gap-1" disabled={isBusy}>
          <legend className="sr-only">{t("title", { nickname })}</legend>
          {[false, true].map((choice) => (
            <label
              key={String(choice)}
              className="flex min-h-11 cursor-pointer items-start gap-3 rounded-1 border border-line p-2.5"
            >
              <input
                type="radio"
                name="forget"
                checked={forget === choice}
                onChange={() => setForget(choice)}
                className="mt-0.5 size-4 shrink-0 accent-(--accent)"
              />
              <span>
                <span className="block font-medium">{t(choice ? "forget" : "keep")}</span>
                <span className="block text-ink-2 text-sm">{t(choice ? "forgetHint" : "keepHint")}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {problem !== null && (
        <Notice tone="due" role="alert" className="mt-3">
          {problem === "act_pending" ? t("actPending") : errors(problem)}
        </Notice>
      )}
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button onClick={() => dialog.current?.close()} disabled={isBusy}>
          {t("cancel")}
        </Button>
        <Button variant="danger" onClick={confirm} isBusy={isBusy}>
          {t(isGone ? "confirmForgetOnly" : forget ? "confirmForget" : "confirm")}
        </Button>
      </div>
    </dialog>
  );
}

/** What is gone is no longer to be disconnected: the answer to an earlier try may have been lost. @throws ApiError. */
async function disconnect(accountId: AccountView["id"], forget: boolean): Promise<void> {
  const ask = () => call(Done, `/api/accounts/${accountId}/disconnect`, { method: "POST", body: { forget } });
  try {
    await withPatience(ask);
  } catch (error) {
    if (problemOf(error) !== "not_found") throw error;
  }
}
