import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type InboxPageInput, inboxPage } from "@/app/(app)/inbox/inbox-page";
import { InboxScreen } from "@/components/inbox/inbox-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell"))("inbox") };
}

/** All conversations. */
export default async function Page({ searchParams }: InboxPageInput<object>) {
  return inboxPage([], await searchParams, InboxScreen);
}
