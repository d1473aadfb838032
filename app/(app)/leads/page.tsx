import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { readMeOnce, signedIn } from "@/app/signed-in";
import { LeadsScreen } from "@/components/leads/leads-screen";
import { WORDS } from "@/lib/shared/words/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("leads"))("title") };
}

/** Contacts and leads of classified listings; which of them, for which time, is in the query and read by the browser. */
export default async function LeadsPage() {
  const session = await signedIn();
  const [me, locale] = await Promise.all([readMeOnce(session), getLocale()]);
  const { errors, leads } = WORDS[locale];
  return (
    <NextIntlClientProvider messages={{ errors, leads }}>
      <LeadsScreen me={me} />
    </NextIntlClientProvider>
  );
}
