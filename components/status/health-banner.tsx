import CircleCheck from "lucide-react/icons/circle-check";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import type { Tone } from "@/components/ui/chip";
import { Notice } from "@/components/ui/notice";
import { SoftLink } from "@/components/ui/soft-link";
import type { MeView, StatusView } from "@/lib/shared/api/account";
import { type Concern, concernsOf } from "@/lib/shared/view/health";
import { subjectOf } from "@/lib/shared/view/notice-strip";
import { useProblemWords } from "./problem-words";
import { ReconnectButton } from "./reconnect-button";
import { type Present, whenText } from "./when";

const TONE: Readonly<Record<Concern["kind"], Tone>> = {
  no_worker: "due",
  reconnect: "due",
  problem: "due",
  silent: "soon",
  sweep_late: "soon",
  queue_late: "soon",
  never_notified: "soon",
  replies: "soon",
  unreadable: "soon",
  slowed: "mute",
};

/** The answer of this page, in a sentence: all is well, or what is not and what to do about it. */
export function HealthBanner({ status, me, present }: { status: StatusView; me: MeView; present: Present }) {
  const concerns = concernsOf(status, present.now);
  return (
    <div role="status" className="flex flex-col gap-2">
      {concerns.length === 0 ? (
        <AllWell status={status} present={present} />
      ) : (
        concerns.map((concern) => (
          <Trouble key={keyOf(concern)} concern={concern} me={me} present={present} />
        ))
      )}
    </div>
  );
}

function AllWell({ status, present }: { status: StatusView; present: Present }) {
  const t = useTranslations("status.health");
  const locale = useLocale();
  const { lastAt } = status.notifications;
  const sweeps = status.accounts.flatMap(({ state, lastSweepAt }) =>
    state === "connected" && lastSweepAt !== null ? [lastSweepAt.getTime()] : [],
  );
  const said = [
    lastAt !== null && t("fineNotice", { when: whenText(lastAt, present, locale) }),
    sweeps.length > 0 && t("fineSweep", { when: whenText(new Date(Math.min(...sweeps)), present, locale) }),
    status.accounts.length === 0 && t("fineNoAccounts"),
  ].filter((line) => line !== false);
  return (
    <Notice tone="fine" icon={<CircleCheck />} title={t("fineTitle")}>
      {said.length > 0 && said.join(" ")}
    </Notice>
  );
}

function Trouble({ concern, me, present }: { concern: Concern; me: MeView; present: Present }) {
  const { title, body } = useWords(concern, me, present);
  const remedy = useRemedy(concern, me);
  return (
    <Notice
      tone={TONE[concern.kind]}
      icon={<TriangleAlert />}
      title={<span className="wrap-anywhere">{title}</span>}
      action={remedy}
    >
      {body}
    </Notice>
  );
}

/** What happened, and what to do or what is done by itself. */
function useWords(concern: Concern, me: MeView, present: Present): { title: string; body: string } {
  const t = useTranslations("status.health");
  const topics = useTranslations("status.topics.inSentence");
  const problemWords = useProblemWords();
  const locale = useLocale();
  const named = (id: string) => me.accounts.find((account) => account.id === id)?.nickname ?? id;
  const when = (at: Date) => whenText(at, present, locale);
  switch (concern.kind) {
    case "no_worker":
      return { title: t("no_worker"), body: t("no_workerDo") };
    case "reconnect":
      return { title: t("reconnect", { nickname: named(concern.accountId) }), body: t("reconnectDo") };
    case "problem":
      return {
        title: t("problem", { nickname: named(concern.accountId) }),
        body: problemWords(concern.code),
      };
    case "silent": {
      const nickname = named(concern.accountId);
      const subject = topics(subjectOf(concern.topic));
      const title =
        concern.lastAt === null
          ? t("silentNever", { subject, nickname })
          : t("silent", { subject, nickname, when: when(concern.lastAt) });
      return { title, body: t("silentDo", { topic: concern.topic }) };
    }
    case "sweep_late":
      return {
        title: t("sweep_late", { nickname: named(concern.accountId), when: when(concern.lastAt) }),
        body: t("sweep_lateDo"),
      };
    case "queue_late":
      return {
        title: t("queue_late", { count: concern.count, when: when(concern.since) }),
        body: t("queue_lateDo"),
      };
    case "never_notified":
      return { title: t("never_notified"), body: t("never_notifiedDo") };
    case "replies":
      return { title: t("replies", { count: concern.count }), body: t("repliesDo") };
    case "unreadable":
      return { title: t("unreadable", { count: concern.count }), body: t("unreadableDo") };
    case "slowed":
      return { title: t("slowed"), body: t("slowedDo") };
  }
}

/** What leads out of it, where a press can. */
function useRemedy(concern: Concern, me: MeView): ReactNode {
  const t = useTranslations("status");
  if (concern.kind === "replies") {
    return (
      <SoftLink href="/inbox" className={buttonClass("secondary", "sm")}>
        {t("outbox.toInbox")}
      </SoftLink>
    );
  }
  if (concern.kind !== "reconnect" && concern.kind !== "problem") return undefined;
  const account = me.accounts.find(({ id }) => id === concern.accountId);
  if (account === undefined || (concern.kind === "problem" && concern.code !== "missing_permission"))
    return undefined;
  return (
    <ReconnectButton
      accountId={account.id}
      siteId={account.siteId}
      label={t("accounts.reconnect")}
      name={t("accounts.reconnectName", { nickname: account.nickname })}
    />
  );
}

function keyOf(concern: Concern): string {
  const account = "accountId" in concern ? concern.accountId : "";
  return `${concern.kind} ${account} ${concern.kind === "silent" ? concern.topic : ""}`;
}
