"use client";

import Ellipsis from "lucide-react/icons/ellipsis";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { QuestionActKind } from "@/lib/shared/api/question";
import { isUnanswered } from "@/lib/shared/question/chain";
import { AskDialog } from "./ask-dialog";
import { useDesk } from "./use-desk";
import { useBuyerName } from "./use-question-words";

/** What may be done with the question in the address and with who asks, behind one button. A native popover: the browser
 *  closes it outside. */
export function HeadActs() {
  const t = useTranslations("question.menu");
  const buyer = useBuyerName();
  const { view, asked } = useDesk();
  const { question } = view;
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [act, setAct] = useState<QuestionActKind | null>(null);
  const [news, setNews] = useState("");
  const offered: QuestionActKind[] = [
    ...(asked !== null && isUnanswered(asked) ? (["delete"] as const) : []),
    ...(question.hidden.includes(question.asked) ? [] : (["hide"] as const)),
    ...(question.chain.buyerId === null
      ? []
      : question.isBuyerBlocked === true
        ? (["unblock"] as const)
        : (["block"] as const)),
  ];

  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];

  /** Below the button, its right edges in line. */
  function place(): void {
    const at = button.current?.getBoundingClientRect();
    if (!at || !menu.current) return;
    menu.current.style.top = `${at.bottom + 4}px`;
    menu.current.style.right = `${document.documentElement.clientWidth - at.right}px`;
  }

  function onKeyDown(event: KeyboardEvent): void {
    const all = items();
    const from = all.findIndex((item) => item.matches(":focus"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      all[(from + step + all.length) % all.length]?.focus();
    } else if (event.key === "Escape") {
      // The conversation stays.
      event.preventDefault();
      menu.current?.hidePopover();
      button.current?.focus();
    } else if (event.key === "Tab") menu.current?.hidePopover();
  }

  return (
    <>
      <IconButton
        ref={button}
        label={t("name")}
        side="left"
        variant="outline"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={isOpen}
      >
        <Ellipsis aria-hidden="true" />
      </IconButton>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={t("name")}
        onKeyDown={onKeyDown}
        onBeforeToggle={place}
        onToggle={(event) => {
          const isNow = event.newState === "open";
          setOpen(isNow);
          if (isNow) items()[0]?.focus();
        }}
        className="fixed m-0 min-w-56 rounded-2 border border-line bg-pane p-1 text-ink shadow-pop [inset:auto]"
      >
        {offered.map((one) => (
          <button
            key={one}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onClick={() => {
              menu.current?.hidePopover();
              setAct(one);
            }}
            className="flex min-h-9 w-full items-center rounded-1 px-3 text-left text-sm hover:bg-buyer focus-visible:bg-buyer max-md:min-h-11"
          >
            {t(one, { buyer })}
          </button>
        ))}
      </div>
      <p role="status" className="sr-only">
        {news}
      </p>
      {act !== null && (
        <AskDialog
          act={act}
          onClose={(done) => {
            setAct(null);
            setNews(done ?? "");
            button.current?.focus();
          }}
        />
      )}
    </>
  );
}
