"use client";

import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { copyText } from "@/lib/client/copy-text";

/** How long it says that it worked. */
const TOLD_MS = 2_500;

function useCopy(text: string) {
  const [result, setResult] = useState<"done" | "failed" | null>(null);
  useEffect(() => {
    if (result === null) return;
    const timer = setTimeout(() => setResult(null), TOLD_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = () => void copyText(text).then((isDone) => setResult(isDone ? "done" : "failed"));
  return { result, copy };
}

/** Takes a text along that cannot be sent here. */
export function CopyButton({ text }: { text: string }) {
  const t = useTranslations("question.copy");
  const { result, copy } = useCopy(text);
  return (
    <Button size="sm" onClick={copy}>
      {result === "done" ? (
        <Check aria-hidden="true" className="size-3.5" />
      ) : (
        <Copy aria-hidden="true" className="size-3.5" />
      )}
      <span aria-live="polite">{t(result ?? "text")}</span>
    </Button>
  );
}

/** Beside a value of a card: one press takes it along. */
export function CopyValue({ what, value }: { what: string; value: string }) {
  const t = useTranslations("question.copy");
  const { result, copy } = useCopy(value);
  return (
    <span className="-my-2 inline-flex items-center">
      <IconButton label={t("value", { what })} side="left" onClick={copy}>
        {result === "done" ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      </IconButton>
      <span role="status" className="sr-only">
        {result !== null && t(result)}
      </span>
    </span>
  );
}
