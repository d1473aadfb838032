import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type InboxPageInput, inboxPage } from "@/app/(app)/inbox/inbox-page";
import { InboxScreen } from "@/components/inbox/inbox-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell"))("inbox") };
}

/** The conversations of one channel. */
export default async function Page({ params, searchParams }: InboxPageInput<{ channel: string }>) {
  return inboxPage([(await params).channel], await searchParams, InboxScreen);
}
