import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import type { ComponentType } from "react";
import { readMeOnce, readSummaryOnce, signedIn } from "@/app/signed-in";
import { InlineScript } from "@/components/shell/inline-script";
import { FROM_THE_END } from "@/lib/client/from-the-end";
import { viewerOf } from "@/lib/client/keys";
import { listFilterOf, seedInbox, seedThread } from "@/lib/client/queries";
import { createQueryClient } from "@/lib/client/query-client";
import type { Session } from "@/lib/server/accounts/current-session";
import { readInbox } from "@/lib/server/inbox/list-inbox";
import { readThread } from "@/lib/server/inbox/read-thread";
import type { MeView } from "@/lib/shared/api/account";
import { AppError } from "@/lib/shared/errors";
import { type InboxAddress, parseInboxAddress } from "@/lib/shared/view/address";

export interface InboxPageInput<Params> {
  params: Promise<Params>;
  searchParams: Promise<Query>;
}

/** Of the address's query, what the inbox reads. */
type Query = { account?: string | string[]; state?: string | string[] };

/** What every page under `/inbox` does: whether the address exists is known before anything streams (an unknown or
 *  foreign conversation or account answers 404), and the screen starts with what the server has read. */
export async function inboxPage(
  path: readonly string[],
  query: Query,
  Screen: ComponentType<{ me: MeView }>,
) {
  const session = await signedIn();
  const address = addressOf(path, query);
  if (address === null || !isOwn(session, address.account)) notFound();
  const filter = listFilterOf(address);
  await readSummaryOnce(session);
  const [me, page, thread] = await Promise.all([
    readMeOnce(session),
    readInbox(session, filter),
    openThread(session, address),
  ]);
  const viewer = viewerOf(me);
  const client = createQueryClient();
  seedInbox(client, viewer, filter, page);
  if (thread !== null) seedThread(client, viewer, thread.ref, thread.view);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      {thread !== null && <InlineScript code={FROM_THE_END} />}
      <Screen me={me} />
    </HydrationBoundary>
  );
}

function addressOf(path: readonly string[], query: Query): InboxAddress | null {
  const search = new URLSearchParams();
  for (const name of ["account", "state"] as const) {
    const value = query[name];
    if (typeof value === "string") search.set(name, value);
  }
  return parseInboxAddress(`/inbox/${path.map(encodeURIComponent).join("/")}`, search.toString());
}

function isOwn(session: Session, account: string | null): boolean {
  return account === null || session.accountIds.some((id) => id === account);
}

async function openThread(session: Session, address: InboxAddress) {
  const { channel, externalId, account } = address;
  if (channel === null || externalId === null) return null;
  const ref = { channel, externalId, account };
  const view = await readThread(session, {
    channel,
    externalId,
    ...(account === null ? {} : { account }),
  }).catch((error: unknown) => {
    // Mercado Libre could not be asked: the screen says so, and offers to try again.
    if (error instanceof AppError && error.code !== "bug") return undefined;
    throw error;
  });
  if (view === null) notFound();
  return view === undefined ? null : { ref, view };
}
