"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { startSignin } from "@/components/signin/start-signin";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type ApiProblem, problemOf } from "@/lib/client/api-error";
import { isSiteId } from "@/lib/shared/sites";

/** Goes to Mercado Libre's consent page for one account. The words come from the page, which the browser has not. */
export function ReconnectButton({
  accountId,
  siteId,
  label,
  name,
}: {
  accountId: string;
  siteId: string;
  label: string;
  name: string;
}) {
  const errors = useTranslations("errors");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const start = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      await startSignin({ site: isSiteId(siteId) ? siteId : "MLA", connect: accountId });
    } catch (error) {
      setProblem(problemOf(error));
    }
    setIsBusy(false);
  };
  return (
    <>
      <Button variant="primary" onClick={start} isBusy={isBusy} aria-label={name}>
        {label}
      </Button>
      {problem !== null && (
        <Notice tone="due" role="alert" className="mt-2">
          {errors(problem)}
        </Notice>
      )}
    </>
  );
}
