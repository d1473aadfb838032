import EyeOff from "lucide-react/icons/eye-off";
import { useTranslations } from "next-intl";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import type { StatusView } from "@/lib/shared/api/account";
import { type Call, CallRow } from "./call-row";

const COLUMNS = ["at", "account", "method", "path", "flag", "status", "ms"] as const;

/** Calls have no identity of their own, and a list of them is never reordered: their place names them. */
function numbered(calls: readonly Call[]): { id: number; call: Call }[] {
  return calls.map((call, place) => ({ id: place, call }));
}

/** The last calls made to Mercado Libre, so that a seller can see for themselves that reading changed nothing. */
export function CallTable({
  calls,
  accounts,
  now,
  timeZone,
}: {
  calls: readonly Call[];
  accounts: StatusView["accounts"];
  now: Date;
  timeZone: string;
}) {
  const t = useTranslations("status.calls");
  const marked = calls.filter((call) => call.readFlag === false).length;
  const nicknames = new Map(accounts.map(({ id, nickname }) => [id, nickname]));
  if (calls.length === 0) {
    return (
      <Section title={t("title")}>
        <p className="text-ink-2">{t("none")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("title")} intro={t("intro", { count: calls.length })}>
      <Notice tone={marked === 0 ? "fine" : "soon"} icon={<EyeOff />}>
        {marked === 0 ? t("promise") : t("promiseMarked", { count: marked })}
      </Notice>
      <div className="mt-4 overflow-hidden rounded-2 border border-line">
        <table className="w-full text-left text-sm max-lg:block">
          <thead className="bg-pane-2 text-ink-3 max-lg:sr-only">
            <tr>
              {COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={cx("whitespace-nowrap px-3 py-2 font-medium", column === "ms" && "text-right")}
                >
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="max-lg:block">
            {numbered(calls).map(({ id, call }) => (
              <CallRow
                key={id}
                call={call}
                nickname={nicknames.get(call.accountId) ?? call.accountId}
                now={now}
                timeZone={timeZone}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
