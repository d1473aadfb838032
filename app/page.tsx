import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { Mark } from "@/components/shell/mark";
import { LanguageLinks } from "@/components/signin/language-links";
import { ProblemNotice } from "@/components/signin/problem-notice";
import { problemOfQuery } from "@/components/signin/problems";
import { Promises } from "@/components/signin/promises";
import { SigninForm } from "@/components/signin/signin-form";
import { likelySite, siteOptions } from "@/components/signin/site-choice";
import { currentSession } from "@/lib/server/accounts/current-session";
import { LANGUAGE_TAGS, wantedLanguages } from "@/lib/shared/words/locale";

type Query = { problem?: string | string[] };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signin"))("title") };
}

export default async function SigninPage({ searchParams }: { searchParams: Promise<Query> }) {
  const problem = problemOfQuery((await searchParams).problem);
  if ((await currentSession()) !== null) {
    redirect(problem === null ? "/inbox" : `/settings?problem=${problem}`);
  }
  const [t, locale, head] = await Promise.all([getTranslations("signin"), getLocale(), headers()]);
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-5 py-6 sm:px-8">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="flex items-center gap-2.5 font-bold text-lg">
          <Mark className="size-7 text-accent" />
          Buzón
        </p>
        <LanguageLinks problem={problem} />
      </header>
      <main className="my-auto grid items-center gap-x-16 gap-y-8 py-8 lg:grid-cols-[minmax(0,1.35fr)_minmax(22rem,1fr)]">
        <div>
          <h1 className="text-balance font-bold text-2xl text-ink tracking-tight sm:text-3xl">
            {t("headline")}
          </h1>
          <p className="mt-3 max-w-xl text-ink-2 text-lg">{t("lead")}</p>
        </div>
        <section
          aria-labelledby="signin-title"
          className="rounded-3 border border-line bg-pane p-5 shadow-pop sm:p-7 lg:col-start-2 lg:row-span-2 lg:row-start-1"
        >
          <h2 id="signin-title" className="font-semibold text-xl">
            {t("formTitle")}
          </h2>
          {problem !== null && (
            <div className="mt-4">
              <ProblemNotice problem={problem} />
            </div>
          )}
          <SigninForm
            className="mt-5"
            sites={siteOptions(LANGUAGE_TAGS[locale], t("globalSelling"))}
            preselected={likelySite(wantedLanguages(head.get("accept-language")))}
            connect={null}
            words={{
              country: t("country"),
              button: t("button"),
              buttonName: t("buttonName"),
              busy: t("busy"),
              failedTitle: t("startFailed.title"),
              failedBody: t("startFailed.body"),
            }}
          />
          <p className="mt-4 text-ink-3 text-sm">{t("after")}</p>
        </section>
        <Promises />
      </main>
    </div>
  );
}
