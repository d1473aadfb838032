"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { signOut } from "@/components/shell/sign-out";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type ApiProblem, problemOf } from "@/lib/client/api-error";

/** Leave this browser, or every browser where this user is signed in. */
export function SessionActions() {
  const t = useTranslations("settings.sessions");
  const errors = useTranslations("errors");
  const [busy, setBusy] = useState<"one" | "all" | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const leave = (which: "one" | "all") => async () => {
    setBusy(which);
    setProblem(null);
    try {
      await signOut(which === "all");
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(null);
    }
  };

  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button onClick={leave("one")} isBusy={busy === "one"} disabled={busy !== null}>
          {t("end")}
        </Button>
        <Button variant="danger" onClick={leave("all")} isBusy={busy === "all"} disabled={busy !== null}>
          {t("endAll")}
        </Button>
      </div>
      {problem !== null && (
        <Notice tone="due" role="alert" className="mt-3">
          {errors(problem)}
        </Notice>
      )}
    </>
  );
}
