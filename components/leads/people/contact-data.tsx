"use client";

import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { LeadBuyer } from "@/lib/shared/api/leads";
import { dialable } from "@/lib/shared/view/leads-people";

/** How to reach somebody: each way as a link, and to take along. */
export function ContactData({ buyer, name }: { buyer: LeadBuyer | null; name: string }) {
  const t = useTranslations("leads.list");
  const phone = buyer?.phone ?? null;
  const email = buyer?.email ?? null;
  const number = dialable(phone);
  if (phone === null && email === null) return <p className="text-ink-3 text-sm">{t("noData")}</p>;
  const link =
    "min-w-0 truncate text-accent hover:underline max-md:inline-flex max-md:min-h-11 max-md:items-center";
  return (
    <ul className="flex min-w-0 flex-col">
      {phone !== null && (
        <li className="flex min-w-0 items-center gap-1">
          {number === null ? (
            <span className="min-w-0 truncate">{phone}</span>
          ) : (
            <a href={`tel:${number}`} aria-label={t("callName", { name, phone })} className={link}>
              {phone}
            </a>
          )}
          <CopyButton text={phone} />
        </li>
      )}
      {email !== null && (
        <li className="flex min-w-0 items-center gap-1">
          <a
            href={`mailto:${encodeURIComponent(email)}`}
            aria-label={t("mailName", { name, email })}
            className={link}
          >
            {email}
          </a>
          <CopyButton text={email} />
        </li>
      )}
    </ul>
  );
}

const TOLD_MS = 2_000;

function CopyButton({ text }: { text: string }) {
  const t = useTranslations("leads.list");
  const [outcome, setOutcome] = useState<"copied" | "copyFailed" | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      setOutcome("copyFailed");
    }
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOutcome(null), TOLD_MS);
  };
  return (
    <>
      <IconButton
        label={t("copyName", { what: text })}
        side="top"
        onClick={() => void copy()}
        className="md:size-7 md:[&_svg]:size-3.5"
      >
        {outcome === "copied" ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      </IconButton>
      <span role="status" className={outcome === "copyFailed" ? "text-due text-xs" : "sr-only"}>
        {outcome !== null && t(outcome)}
      </span>
    </>
  );
}
