import type { Metadata } from "next";
import { headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { readMeOnce, signedIn } from "@/app/signed-in";
import { SettingsScreen } from "@/components/settings/settings-screen";
import { problemOfQuery } from "@/components/signin/problems";
import { likelySite } from "@/components/signin/site-choice";
import { wantedLanguages } from "@/lib/shared/words/locale";
import { WORDS } from "@/lib/shared/words/words";

type Query = { problem?: string | string[] };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

export default async function SettingsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const session = await signedIn();
  const [me, locale, head, query] = await Promise.all([
    readMeOnce(session),
    getLocale(),
    headers(),
    searchParams,
  ]);
  const { errors, push, question, settings } = WORDS[locale];
  return (
    <NextIntlClientProvider
      messages={{ errors, push, question: { blockedList: question.blockedList }, settings }}
    >
      <SettingsScreen
        me={me}
        problem={problemOfQuery(query.problem)}
        likelySite={likelySite(wantedLanguages(head.get("accept-language")))}
      />
    </NextIntlClientProvider>
  );
}
