import ShieldAlert from "lucide-react/icons/shield-alert";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { Page, Section } from "@/components/ui/page";
import type { MeView, StatusView } from "@/lib/shared/api/account";
import { sellerZone } from "@/lib/shared/view/seller-zone";
import { AccountProgress } from "./account-progress";
import { CallTable } from "./call-table";
import { OutboxCounts } from "./outbox-counts";

/** Is anything being missed? What was said to Mercado Libre, how far each account is, what waits to leave. */
export function StatusScreen({ me, status, now }: { me: MeView; status: StatusView; now: Date }) {
  const t = useTranslations("status");
  const timeZone = sellerZone(me.accounts);
  return (
    <Page title={t("title")} intro={t("intro")} isWide>
      {status.isOpenToAnyone && (
        <Notice tone="soon" icon={<ShieldAlert />} title={t("open.title")}>
          {t("open.body")}
        </Notice>
      )}
      <div className="grid gap-4 md:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
        <Section title={t("accounts.title")}>
          {status.accounts.length === 0 ? (
            <p className="text-ink-2">{t("accounts.none")}</p>
          ) : (
            <ul className="flex flex-col gap-4">
              {status.accounts.map((account) => (
                <AccountProgress key={account.id} account={account} now={now} timeZone={timeZone} />
              ))}
            </ul>
          )}
        </Section>
        <Section title={t("outbox.title")}>
          <OutboxCounts outbox={status.outbox} />
        </Section>
      </div>
      <CallTable calls={status.calls} accounts={status.accounts} now={now} timeZone={timeZone} />
    </Page>
  );
}
