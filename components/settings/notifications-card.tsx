"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { type ApiProblem, problemOf } from "@/lib/client/api-error";
import { type PushHere, readPushHere, sendTest, switchOff, switchOn } from "@/lib/client/push";
import type { PushOutcome } from "@/lib/shared/api/push";

/** What a press of a button came to, as far as the state itself does not say it. */
type Result = { of: "switch"; kind: "dismissed" | "no_service" } | { of: "test"; kind: PushOutcome };

/** Notifications of this browser: what can be had, on or off, and a test. */
export function NotificationsCard() {
  const t = useTranslations("push");
  const errors = useTranslations("errors");
  const locale = useLocale();
  const [here, setHere] = useState<PushHere | null>(null);
  const [busy, setBusy] = useState<"switch" | "test" | null>(null);
  const [result, setResult] = useState<Result | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  useEffect(() => {
    let isGone = false;
    readPushHere().then(
      (found) => !isGone && setHere(found),
      (error: unknown) => !isGone && setProblem(problemOf(error)),
    );
    return () => {
      isGone = true;
    };
  }, []);

  const press = (what: "switch" | "test", work: () => Promise<void>) => async () => {
    setBusy(what);
    setResult(null);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(null);
  };

  const turnOn = press("switch", async () => {
    const came = await switchOn(locale);
    if (came === "dismissed" || came === "no_service") setResult({ of: "switch", kind: came });
    else setHere(came);
  });
  const turnOff = press("switch", async () => {
    await switchOff();
    setHere("off");
  });
  const test = press("test", async () => {
    const outcome = await sendTest();
    if (outcome === "gone" || outcome === "off") setHere("off");
    setResult({ of: "test", kind: outcome });
  });

  return (
    <Section title={t("title")} intro={t("intro")}>
      <State here={here} hasFailed={problem !== null} />
      {(here === "off" || here === "on") && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button
            variant={here === "on" ? "secondary" : "primary"}
            onClick={here === "on" ? turnOff : turnOn}
            isBusy={busy === "switch"}
            disabled={busy !== null}
          >
            {t(here === "on" ? "turnOff" : "turnOn")}
          </Button>
          {here === "on" && (
            <Button onClick={test} isBusy={busy === "test"} disabled={busy !== null}>
              {t("test")}
            </Button>
          )}
        </div>
      )}
      <div role="status">
        {result !== null && (
          <Notice tone={result.kind === "sent" ? "fine" : "soon"} className="mt-3">
            {wordsOf(result)}
          </Notice>
        )}
      </div>
      {problem !== null && (
        <Notice tone="due" role="alert" className="mt-3">
          {t("failed", { why: errors(problem) })}
        </Notice>
      )}
    </Section>
  );

  function wordsOf(came: Result): string {
    if (came.of === "test") return t(`outcome.${came.kind}`);
    return t(came.kind === "dismissed" ? "dismissed" : "noService");
  }
}

function State({ here, hasFailed }: { here: PushHere | null; hasFailed: boolean }) {
  const t = useTranslations("push");
  switch (here) {
    case null:
      return hasFailed ? null : <p className="text-ink-2">{t("checking")}</p>;
    case "on":
    case "off":
      return <p className="font-medium text-ink">{t(`state.${here}`)}</p>;
    case "blocked":
      return (
        <Notice tone="soon" title={t("blocked")}>
          {t("blockedHow")}
        </Notice>
      );
    case "server_off":
      return <p className="text-ink-2">{t("serverOff")}</p>;
    default:
      return <p className="text-ink-2">{t(here)}</p>;
  }
}
