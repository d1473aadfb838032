import ShieldAlert from "lucide-react/icons/shield-alert";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { Page, Section } from "@/components/ui/page";
import type { MeView, StatusView } from "@/lib/shared/api/account";
import { sellerZone } from "@/lib/shared/view/seller-zone";
import { AccountProgress } from "./account-progress";
import { CallTable } from "./call-table";
import { HealthBanner } from "./health-banner";
import { KeepFresh } from "./keep-fresh";
import { NoticeQueue } from "./notice-queue";
import { OutboxCounts } from "./outbox-counts";
import { RateBudget } from "./rate-budget";

/** Is anything being missed? The answer first; then, for who wants to know why: each account with what Mercado Libre
 *  notified of it, what waits to come in and to leave, how much may be asked, and what was asked. */
export function StatusScreen({ me, status, now }: { me: MeView; status: StatusView; now: Date }) {
  const t = useTranslations("status");
  const present = { now, timeZone: sellerZone(me.accounts) };
  return (
    <Page title={t("title")} intro={t("intro")} isWide>
      <KeepFresh />
      <HealthBanner status={status} me={me} present={present} />
      {status.isOpenToAnyone && (
        <Notice tone="soon" icon={<ShieldAlert />} title={t("open.title")}>
          {t("open.body")}
        </Notice>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
        <Section title={t("accounts.title")} intro={<Legend />}>
          {status.accounts.length === 0 ? (
            <p className="text-ink-2">{t("accounts.none")}</p>
          ) : (
            <ul className="flex flex-col gap-6">
              {status.accounts.map((account) => (
                <AccountProgress
                  key={account.id}
                  account={account}
                  known={me.accounts.find(({ id }) => id === account.id)}
                  topics={status.notifications.topics.filter(({ accountId }) => accountId === account.id)}
                  present={present}
                />
              ))}
            </ul>
          )}
        </Section>
        <div className="grid gap-4 md:max-lg:grid-cols-2">
          <Section title={t("queue.title")}>
            <NoticeQueue status={status} present={present} />
          </Section>
          <Section title={t("outbox.title")}>
            <OutboxCounts outbox={status.outbox} />
          </Section>
          <div className="md:max-lg:col-span-2">
            <Section title={t("budget.title")}>
              <RateBudget budget={status.budget} present={present} />
            </Section>
          </div>
        </div>
      </div>
      <CallTable calls={status.calls} accounts={status.accounts} now={now} timeZone={present.timeZone} />
    </Page>
  );
}

/** What the two colours of a day's bars are. */
function Legend() {
  const t = useTranslations("status.topics");
  const swatch = "mr-1.5 inline-block size-2.5 rounded-full align-baseline";
  return (
    <p className="flex flex-wrap gap-x-4 text-sm">
      <span>{t("title")}:</span>
      <span>
        <span aria-hidden="true" className={`${swatch} bg-accent`} />
        {t("legendReceived")}
      </span>
      <span>
        <span aria-hidden="true" className={`${swatch} bg-soon`} />
        {t("legendFound")}
      </span>
    </p>
  );
}
