import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readMeOnce, signedIn } from "@/app/signed-in";
import { InboxScreen } from "@/components/inbox/inbox-screen";
import { InboxWithThread } from "@/components/inbox/inbox-with-thread";
import { viewerOf } from "@/lib/client/keys";
import { seedInbox, seedThread } from "@/lib/client/queries";
import { createQueryClient } from "@/lib/client/query-client";
import type { Session } from "@/lib/server/accounts/current-session";
import { listInbox } from "@/lib/server/inbox/list-inbox";
import { readThread } from "@/lib/server/inbox/read-thread";
import { type InboxAddress, parseInboxAddress } from "@/lib/shared/view/address";

interface PageInput {
  params: Promise<{ path?: string[] }>;
  searchParams: Promise<{ account?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell"))("inbox") };
}

/** `/inbox`, a channel's list, or one conversation. Whether it exists is known before anything streams: an unknown or
 *  foreign conversation or account answers 404. */
export default async function InboxPage({ params, searchParams }: PageInput) {
  const session = await signedIn();
  const address = addressOf((await params).path ?? [], (await searchParams).account);
  if (address === null || !isOwn(session, address.account)) notFound();
  const filter = {
    ...(address.channel === null ? {} : { channel: address.channel }),
    ...(address.account === null ? {} : { account: address.account }),
  };
  const [me, page, thread] = await Promise.all([
    readMeOnce(session),
    listInbox(session, filter),
    openThread(session, address),
  ]);
  const viewer = viewerOf(me);
  const client = createQueryClient();
  seedInbox(client, viewer, filter, page);
  if (thread !== null) seedThread(client, viewer, thread.ref, thread.view);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      {thread === null ? <InboxScreen me={me} /> : <InboxWithThread me={me} />}
    </HydrationBoundary>
  );
}

function addressOf(path: string[], account: string | string[] | undefined): InboxAddress | null {
  const search = new URLSearchParams(typeof account === "string" ? { account } : {});
  return parseInboxAddress(`/inbox/${path.map(encodeURIComponent).join("/")}`, search.toString());
}

function isOwn(session: Session, account: string | null): boolean {
  return account === null || session.accountIds.some((id) => id === account);
}

async function openThread(session: Session, address: InboxAddress) {
  const { channel, externalId, account } = address;
  if (channel === null || externalId === null) return null;
  const view = await readThread(session, {
    channel,
    externalId,
    ...(account === null ? {} : { account }),
  });
  if (view === null) notFound();
  return { ref: { channel, externalId, account }, view };
}
