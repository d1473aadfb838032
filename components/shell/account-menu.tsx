"use client";

import LogOut from "lucide-react/icons/log-out";
import Plus from "lucide-react/icons/plus";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import { type ApiProblem, problemOf } from "@/lib/client/api-error";
import { patchMe } from "@/lib/client/calls";
import type { AccountView, MeView } from "@/lib/shared/api/account";
import { NAV_ITEM } from "./nav-link";
import { signOut } from "./sign-out";

/** Whose inbox this is: switch the account worked with, connect one more, sign out. A native popover: the browser closes
 *  it on Escape and outside, and gives the focus back. */
export function AccountMenu({ me }: { me: MeView }) {
  const t = useTranslations("shell");
  const errors = useTranslations("errors");
  const router = useRouter();
  const menu = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const current = me.accounts.find((account) => account.isCurrent);
  const label = current === undefined ? t("noAccount") : t("account", { nickname: current.nickname });

  const act = (task: () => Promise<void>) => async () => {
    setProblem(null);
    try {
      await task();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const goTo = (href: string) => {
    menu.current?.hidePopover();
    router.push(href);
  };
  const use = (account: AccountView) =>
    act(async () => {
      if (!account.isCurrent) {
        await patchMe({ currentAccount: account.id });
        router.refresh();
      }
      goTo(`/inbox?account=${account.id}`);
    });

  return (
    <>
      <button
        type="button"
        popoverTarget="account-menu"
        data-tip={label}
        data-side="right"
        className={cx(NAV_ITEM, "text-ink-2")}
      >
        <span className="sr-only">{label}</span>
        <Avatar name={current?.nickname ?? "?"} className="size-7 text-2xs md:size-8 md:text-xs" />
      </button>
      <div
        ref={menu}
        id="account-menu"
        popover="auto"
        className="account-menu"
        onToggle={() => setProblem(null)}
      >
        <p className="px-3 pt-2 pb-1 font-semibold text-ink-3 text-sm">{t("accounts")}</p>
        <ul>
          {me.accounts.length > 1 && (
            <li>
              <button type="button" className={ITEM} onClick={() => goTo("/inbox")}>
                <span className="flex-1">{t("allAccounts")}</span>
              </button>
            </li>
          )}
          {me.accounts.map((account) => (
            <li key={account.id}>
              <button
                type="button"
                className={ITEM}
                aria-current={account.isCurrent ? "true" : undefined}
                onClick={use(account)}
              >
                <Avatar name={account.nickname} className="size-7 text-2xs" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{account.nickname}</span>
                  {account.state !== "connected" && (
                    <span className="block text-soon text-xs">
                      {account.state === "reconnect" ? t("needsReconnect") : t("disconnected")}
                    </span>
                  )}
                </span>
                <span className="text-ink-3 text-xs">
                  {account.isCurrent && `${t("current")} · `}
                  {account.siteId}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <div className="my-1 border-line border-t" />
        <button type="button" className={ITEM} onClick={() => goTo("/settings")}>
          <Plus aria-hidden="true" className="size-4" />
          {t("connect")}
        </button>
        <button type="button" className={ITEM} onClick={act(() => signOut(false))}>
          <LogOut aria-hidden="true" className="size-4" />
          {t("signOut")}
        </button>
        {problem !== null && (
          <Notice tone="due" role="alert" className="m-1">
            {errors(problem)}
          </Notice>
        )}
      </div>
    </>
  );
}

const ITEM =
  "flex min-h-11 w-full items-center gap-3 rounded-1 px-3 py-1.5 text-left text-ink text-md hover:bg-buyer md:min-h-9";
