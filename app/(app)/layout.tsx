import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { readMeOnce, readSummaryOnce, signedIn } from "@/app/signed-in";
import { Providers } from "@/components/providers";
import { AppShell } from "@/components/shell/app-shell";
import { viewerOf } from "@/lib/client/keys";
import { seedSummary } from "@/lib/client/queries";
import { createQueryClient } from "@/lib/client/query-client";
import { WORDS } from "@/lib/shared/words/words";

/** Every page of somebody who is signed in. The browser gets only the words that its screens speak. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const session = await signedIn();
  const [me, summary, locale] = await Promise.all([
    readMeOnce(session),
    readSummaryOnce(session),
    getLocale(),
  ]);
  const client = createQueryClient();
  seedSummary(client, viewerOf(me), summary);
  const { signin, settings, status, crash, lint, claim, leads, question, ...words } = WORDS[locale];
  // What a list says of claims; whoever opens one gets the rest with its script (components/claim/lazy-claim-kit.tsx).
  // Of questions they say how fast they are answered (components/question/response-time-line.tsx).
  const messages = {
    ...words,
    claim: { row: claim.row },
    question: { span: question.span, time: question.time },
  };
  return (
    <NextIntlClientProvider messages={messages}>
      <Providers>
        <HydrationBoundary state={dehydrate(client)}>
          <AppShell me={me}>{children}</AppShell>
        </HydrationBoundary>
      </Providers>
    </NextIntlClientProvider>
  );
}
