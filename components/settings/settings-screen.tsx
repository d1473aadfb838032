import { useLocale, useTranslations } from "next-intl";
import { BlockedBuyersCard } from "@/components/question/blocked-buyers-card";
import { ProblemNotice } from "@/components/signin/problem-notice";
import type { SigninProblem } from "@/components/signin/problems";
import { SigninForm } from "@/components/signin/signin-form";
import { siteOptions } from "@/components/signin/site-choice";
import { Kbd } from "@/components/ui/kbd";
import { Page, Section } from "@/components/ui/page";
import type { MeView } from "@/lib/shared/api/account";
import type { SiteId } from "@/lib/shared/sites";
import { LANGUAGE_TAGS, LOCALE_NAMES, LOCALES } from "@/lib/shared/words/locale";
import { AccountList } from "./account-list";
import { NotificationsCard } from "./notifications-card";
import { SessionActions } from "./session-actions";
import { SettingChoice } from "./setting-choice";

/** Everything a person can decide about their Buzón. Each choice is saved as it is made. */
export function SettingsScreen({
  me,
  problem,
  likelySite,
}: {
  me: MeView;
  problem: SigninProblem | null;
  likelySite: SiteId;
}) {
  const t = useTranslations("settings");
  return (
    <Page title={t("title")}>
      {problem !== null && <ProblemNotice problem={problem} />}
      <Section title={t("accounts.title")} intro={t("accounts.intro")}>
        <AccountList accounts={me.accounts} />
        <ConnectAnother likelySite={likelySite} />
      </Section>
      <Section title={t("markRead.title")} intro={t("markRead.intro")}>
        <SettingChoice
          setting="markRead"
          legend={t("markRead.title")}
          value={me.settings.markRead}
          options={(["never", "on_reply", "on_open"] as const).map((value) => ({
            value,
            label: t(`markRead.${value}`),
            hint: t(`markRead.${value}Hint`),
          }))}
        />
      </Section>
      <NotificationsCard />
      <BlockedBuyersCard me={me} />
      <Section title={t("undo.title")} intro={t("undo.intro")}>
        <SettingChoice
          setting="undoSeconds"
          legend={t("undo.title")}
          value={String(me.settings.undoSeconds)}
          options={undoChoices(me.settings.undoSeconds).map((seconds) => ({
            value: String(seconds),
            label: seconds === 0 ? t("undo.none") : t("undo.seconds", { count: seconds }),
          }))}
        />
      </Section>
      <div className="grid gap-4 md:grid-cols-2">
        <Section title={t("language.title")}>
          <SettingChoice
            setting="locale"
            legend={t("language.title")}
            value={me.settings.locale ?? "auto"}
            options={[
              { value: "auto", label: t("language.auto") },
              ...LOCALES.map((value) => ({
                value,
                label: LOCALE_NAMES[value],
                lang: LANGUAGE_TAGS[value],
              })),
            ]}
          />
        </Section>
        <Section title={t("theme.title")}>
          <SettingChoice
            setting="theme"
            legend={t("theme.title")}
            value={me.settings.theme}
            options={(["system", "light", "dark"] as const).map((value) => ({
              value,
              label: t(`theme.${value}`),
            }))}
          />
        </Section>
      </div>
      <Keyboard />
      <Section title={t("sessions.title")} intro={t("sessions.count", { count: me.sessions })}>
        <p className="mb-3 text-ink-2 text-sm">{t("sessions.wipe")}</p>
        <SessionActions />
      </Section>
    </Page>
  );
}

/** The usual times to take a reply back, and whatever other one was chosen through the API. */
function undoChoices(chosen: number): number[] {
  return [...new Set([0, 3, 5, 10, chosen])].sort((a, b) => a - b);
}

function ConnectAnother({ likelySite }: { likelySite: SiteId }) {
  const t = useTranslations("settings.accounts");
  const signin = useTranslations("signin");
  const locale = useLocale();
  return (
    <div className="mt-4 border-line border-t pt-4">
      <h3 className="font-semibold text-md">{t("connectTitle")}</h3>
      <p className="mt-0.5 text-ink-2 text-sm">{t("connectHint")}</p>
      <SigninForm
        className="mt-3 max-w-xl sm:flex-row sm:flex-wrap sm:items-end [&>label]:flex-1"
        size="lg"
        sites={siteOptions(LANGUAGE_TAGS[locale], signin("globalSelling"))}
        preselected={likelySite}
        connect="1"
        words={{
          country: t("connectCountry"),
          button: t("connect"),
          buttonName: t("connectName"),
          busy: signin("busy"),
          failedTitle: signin("startFailed.title"),
          failedBody: signin("startFailed.body"),
        }}
      />
    </div>
  );
}

function Keyboard() {
  const t = useTranslations("settings.keyboard");
  const keys = [
    { keys: ["J"], does: t("next") },
    { keys: ["K"], does: t("previous") },
    { keys: [t("enter")], does: t("open") },
    { keys: ["R"], does: t("write") },
    { keys: [t("ctrl"), t("enter")], does: t("send") },
    { keys: [t("ctrl"), "⇧", t("enter")], does: t("sendNext") },
    { keys: [t("ctrl"), "Z"], does: t("undo") },
    { keys: ["Esc"], does: t("back") },
    { keys: ["?"], does: t("help") },
  ];
  return (
    <Section title={t("title")}>
      <dl className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
        {keys.map((shortcut) => (
          <div key={shortcut.does} className="flex items-center justify-between gap-3">
            <dt className="text-ink-2">{shortcut.does}</dt>
            <dd className="flex gap-1">
              {shortcut.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
