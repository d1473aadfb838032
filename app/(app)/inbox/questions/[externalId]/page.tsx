import type { Metadata } from "next";
import { useLocale } from "next-intl";
import { getTranslations } from "next-intl/server";
import { type InboxPageInput, inboxPage } from "@/app/(app)/inbox/inbox-page";
import { InboxWithQuestion } from "@/components/question/inbox-with-question";
import type { MeView } from "@/lib/shared/api/account";
import { WORDS } from "@/lib/shared/words/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell"))("inbox") };
}

/** One chain of questions beside the list. A page of its own, so that only it carries the script of questions. */
export default async function Page({ params, searchParams }: InboxPageInput<{ externalId: string }>) {
  const { externalId } = await params;
  return inboxPage(["questions", externalId], await searchParams, Screen);
}

function Screen({ me }: { me: MeView }) {
  return <InboxWithQuestion me={me} words={WORDS[useLocale()].question} />;
}
