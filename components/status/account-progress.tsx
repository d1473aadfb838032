import { useLocale, useTranslations } from "next-intl";
import { Chip, type Tone } from "@/components/ui/chip";
import type { AccountView, StatusView } from "@/lib/shared/api/account";
import { ago, exactTime } from "@/lib/shared/view/moments";
import { useProblemWords } from "./problem-words";
import { ReconnectButton } from "./reconnect-button";
import { TopicRow } from "./topic-row";
import type { Present } from "./when";

type Account = StatusView["accounts"][number];

const TONE: Readonly<Record<Account["state"], Tone>> = {
  connected: "fine",
  reconnect: "due",
  disconnected: "mute",
};

/** One account: is it connected, when was its unread list last checked, how far is its history, and what Mercado Libre
 *  notified of it. */
export function AccountProgress({
  account,
  known,
  topics,
  present,
}: {
  account: Account;
  /** What the account menu knows of it. */
  known: AccountView | undefined;
  topics: StatusView["notifications"]["topics"];
  present: Present;
}) {
  const t = useTranslations("status.accounts");
  const words = useTranslations("status.topics");
  const problemWords = useProblemWords();
  const locale = useLocale();
  const { sync, lastSweepAt, nickname } = account;
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 break-all font-semibold">{nickname}</span>
        {known !== undefined && <span className="font-medium text-ink-3 text-xs">{known.siteId}</span>}
        <Chip tone={TONE[account.state]}>{t(`state.${account.state}`)}</Chip>
        {account.state === "disconnected" && known !== undefined && (
          <span className="ml-auto">
            <ReconnectButton
              accountId={account.id}
              siteId={known.siteId}
              label={t("reconnect")}
              name={t("reconnectName", { nickname })}
            />
          </span>
        )}
      </div>
      <p className="text-ink-2 text-sm">
        {lastSweepAt === null ? (
          t("neverSwept")
        ) : (
          <time dateTime={lastSweepAt.toISOString()} title={exactTime(lastSweepAt, locale, present.timeZone)}>
            {t("sweep", { when: ago(lastSweepAt, present.now, locale) })}
          </time>
        )}
      </p>
      {account.problem !== null && <p className="text-due text-sm">{problemWords(account.problem)}</p>}
      {account.unreadable > 0 && (
        <p className="text-sm text-soon">{t("unreadable", { count: account.unreadable })}</p>
      )}
      {sync === null || account.problem !== null ? (
        account.problem === null &&
        account.state === "connected" && <p className="text-ink-2 text-sm">{t("upToDate")}</p>
      ) : (
        <SyncBar sync={sync} nickname={nickname} />
      )}
      {topics.length > 0 ? (
        <ul aria-label={`${nickname}: ${words("title")}`} className="mt-3 flex flex-col gap-3">
          {topics.map((topic) => (
            <TopicRow key={topic.topic} topic={topic} nickname={nickname} present={present} />
          ))}
        </ul>
      ) : (
        account.state === "connected" && <p className="mt-2 text-ink-3 text-sm">{words("none")}</p>
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

const PHASES = ["unread", "sales", "backfill"] as const;
