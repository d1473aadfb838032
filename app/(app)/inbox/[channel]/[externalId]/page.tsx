import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type InboxPageInput, inboxPage } from "@/app/(app)/inbox/inbox-page";
import { InboxWithThread } from "@/components/inbox/inbox-with-thread";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell"))("inbox") };
}

/** One conversation beside the list. A page of its own, so that only it carries the script of a conversation. */
export default async function Page({
  params,
  searchParams,
}: InboxPageInput<{ channel: string; externalId: string }>) {
  const { channel, externalId } = await params;
  return inboxPage([channel, externalId], await searchParams, InboxWithThread);
}
