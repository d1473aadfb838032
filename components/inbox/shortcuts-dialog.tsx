"use client";

import X from "lucide-react/icons/x";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";

const KEYS = [
  ["next", ["J"]],
  ["previous", ["K"]],
  ["enter", ["Enter"]],
  ["compose", ["R"]],
  ["send", ["Ctrl", "Enter"]],
  ["sendNext", ["Ctrl", "Shift", "Enter"]],
  ["back", ["Esc"]],
  ["help", ["?"]],
] as const;

/** The keys of the inbox. A native dialog: it holds the focus and gives it back. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("inbox.help");
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="shortcuts-title"
      onClose={onClose}
      className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-3 border border-line bg-pane p-0 text-ink shadow-pop backdrop:bg-[#00000066]"
    >
      <div className="flex items-center justify-between border-line border-b py-2 pr-2 pl-4">
        <h2 id="shortcuts-title" className="font-semibold text-lg">
          {t("title")}
        </h2>
        <IconButton label={t("close")} side="left" onClick={() => dialog.current?.close()}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      <dl className="px-4 py-3">
        {KEYS.map(([name, keys]) => (
          <div key={name} className="flex items-center justify-between gap-4 py-1.5">
            <dt className="text-md text-ink-2">{t(name)}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
