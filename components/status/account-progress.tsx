import { useLocale, useTranslations } from "next-intl";
import { Chip, type Tone } from "@/components/ui/chip";
import type { StatusView } from "@/lib/shared/api/account";
import { ago, exactTime } from "@/lib/shared/view/moments";

type Account = StatusView["accounts"][number];

const TONE: Readonly<Record<Account["state"], Tone>> = {
  connected: "fine",
  reconnect: "soon",
  disconnected: "mute",
};

/** One account: is it connected, when was its unread list last checked, how far is its history. */
export function AccountProgress({
  account,
  now,
  timeZone,
}: {
  account: Account;
  now: Date;
  timeZone: string;
}) {
  const t = useTranslations("status.accounts");
  const locale = useLocale();
  const { sync, lastSweepAt } = account;
  const problemWords = (code: string) => {
    const known = PROBLEMS.find((name) => name === code);
    return known === undefined ? t("problem.other", { code }) : t(`problem.${known}`);
  };
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 truncate font-semibold">{account.nickname}</span>
        <Chip tone={TONE[account.state]}>{t(`state.${account.state}`)}</Chip>
      </div>
      <p className="text-ink-2 text-sm">
        {lastSweepAt === null ? (
          t("neverSwept")
        ) : (
          <time dateTime={lastSweepAt.toISOString()} title={exactTime(lastSweepAt, locale, timeZone)}>
            {t("sweep", { when: ago(lastSweepAt, now, locale) })}
          </time>
        )}
      </p>
      {account.problem !== null && <p className="text-due text-sm">{problemWords(account.problem)}</p>}
      {sync === null || account.problem !== null ? (
        account.problem === null &&
        account.state === "connected" && <p className="text-ink-2 text-sm">{t("upToDate")}</p>
      ) : (
        <SyncBar sync={sync} nickname={account.nickname} />
      )}
    </li>
  );
}

function SyncBar({ sync, nickname }: { sync: NonNullable<Account["sync"]>; nickname: string }) {
  const t = useTranslations("status.accounts");
  const { done, total } = sync;
  const phase = PHASES.find((name) => name === sync.phase) ?? "other";
  const words = t(`sync.${phase}`);
  return (
    <div className="mt-1.5">
      <div className="flex justify-between gap-3 text-sm">
        <span className="text-ink-2">{words}</span>
        <span className="text-ink-3">
          {total === null ? t("done", { done }) : t("doneOf", { done, total })}
        </span>
      </div>
      {total !== null && (
        <progress
          className="sync-bar"
          aria-label={`${nickname}: ${words}`}
          value={Math.min(done, total)}
          max={Math.max(total, 1)}
        />
      )}
    </div>
  );
}

const PROBLEMS = ["missing_permission", "model_6"] as const;
const PHASES = ["unread", "sales", "backfill"] as const;
