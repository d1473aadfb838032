"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { startSignin } from "@/components/signin/start-signin";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Chip, type Tone } from "@/components/ui/chip";
import { Notice } from "@/components/ui/notice";
import { type ApiProblem, problemOf } from "@/lib/client/api-error";
import { patchMe } from "@/lib/client/calls";
import type { AccountView } from "@/lib/shared/api/account";
import { isSiteId } from "@/lib/shared/sites";
import { DisconnectDialog } from "./disconnect-dialog";

const TONE: Readonly<Record<AccountView["state"], Tone>> = {
  connected: "fine",
  reconnect: "soon",
  disconnected: "mute",
};

/** The user's accounts, with what can be done with each. */
export function AccountList({ accounts }: { accounts: readonly AccountView[] }) {
  return (
    <ul className="flex flex-col gap-3">
      {accounts.map((account) => (
        <AccountItem key={account.id} account={account} />
      ))}
    </ul>
  );
}

function AccountItem({ account }: { account: AccountView }) {
  const t = useTranslations("settings.accounts");
  const errors = useTranslations("errors");
  const router = useRouter();
  const [busy, setBusy] = useState<"use" | "reconnect" | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const { nickname } = account;

  const act = (what: "use" | "reconnect", task: () => Promise<unknown>) => async () => {
    setBusy(what);
    setProblem(null);
    try {
      await task();
      router.refresh();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(null);
  };
  const use = act("use", () => patchMe({ currentAccount: account.id }));
  const reconnect = act("reconnect", () =>
    startSignin({ site: isSiteId(account.siteId) ? account.siteId : "MLA", connect: account.id }),
  );

  return (
    <li className="rounded-2 border border-line bg-pane-2 p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Avatar name={nickname} />
        <div className="min-w-0 flex-1 basis-40">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="min-w-0 break-all font-semibold">{nickname}</span>
            <span className="font-medium text-ink-3 text-xs">{account.siteId}</span>
            <Chip tone={TONE[account.state]}>{t(`state.${account.state}`)}</Chip>
            {account.isCurrent && <Chip tone="accent">{t("inUse")}</Chip>}
          </p>
          <p className="text-ink-2 text-sm">{t("threads", { count: account.threads })}</p>
        </div>
        <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:[&>*]:flex-1">
          {!account.isCurrent && (
            <Button onClick={use} isBusy={busy === "use"} aria-label={t("useName", { nickname })}>
              {t("use")}
            </Button>
          )}
          {account.state !== "connected" && (
            <Button
              variant="primary"
              onClick={reconnect}
              isBusy={busy === "reconnect"}
              aria-label={t("reconnectName", { nickname })}
            >
              {t("reconnect")}
            </Button>
          )}
          <Button
            className="max-sm:border max-sm:border-line-strong"
            variant="ghost"
            onClick={() => setIsAsking(true)}
            aria-haspopup="dialog"
            aria-label={t(account.state === "disconnected" ? "forgetName" : "disconnectName", { nickname })}
          >
            {t(account.state === "disconnected" ? "forget" : "disconnect")}
          </Button>
        </div>
      </div>
      {account.state === "reconnect" && <p className="mt-2 text-sm text-soon">{t("reconnectWhy")}</p>}
      {problem !== null && (
        <Notice tone="due" role="alert" className="mt-2">
          {errors(problem)}
        </Notice>
      )}
      {isAsking && <DisconnectDialog account={account} onClose={() => setIsAsking(false)} />}
    </li>
  );
}
