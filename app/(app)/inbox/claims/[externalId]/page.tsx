import type { Metadata } from "next";
import { useLocale } from "next-intl";
import { getTranslations } from "next-intl/server";
import { type InboxPageInput, inboxPage } from "@/app/(app)/inbox/inbox-page";
import { InboxWithClaim } from "@/components/claim/inbox-with-claim";
import type { MeView } from "@/lib/shared/api/account";
import { WORDS } from "@/lib/shared/words/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell"))("inbox") };
}

/** One claim beside the list. A page of its own, so that only it carries the script of claims. */
export default async function Page({ params, searchParams }: InboxPageInput<{ externalId: string }>) {
  const { externalId } = await params;
  return inboxPage(["claims", externalId], await searchParams, Screen);
}

function Screen({ me }: { me: MeView }) {
  return <InboxWithClaim me={me} words={WORDS[useLocale()].claim} />;
}
