"use client";

import { useTranslations } from "next-intl";
import { cx } from "@/components/ui/cx";
import { useConnection } from "@/lib/client/use-connection";

const COLOUR = { live: "bg-fine", connecting: "bg-soon", offline: "bg-due" } as const;

/** Whether news arrive by themselves: a dot, and the words for it on hover and for screen readers. */
export function ConnectionDot() {
  const t = useTranslations("shell.connection");
  const connection = useConnection();
  if (connection === null) return null;
  return (
    <span
      data-tip={t(connection)}
      data-side="left"
      data-connection={connection}
      className="tip inline-flex size-5 items-center justify-center self-center"
    >
      <span aria-hidden="true" className={cx("size-2 rounded-full", COLOUR[connection])} />
      <span className="sr-only">{t(connection)}</span>
    </span>
  );
}
