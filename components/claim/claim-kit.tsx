"use client";

import ShieldAlert from "lucide-react/icons/shield-alert";
import { NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { type ThreadKit, ThreadKitContext } from "@/components/thread/thread-kit";
import { weaveClaim } from "@/lib/shared/view/claim-flow";
import type { Words } from "@/lib/shared/words/words";
import { ActBar } from "./act-bar";
import { Addressee } from "./addressee";
import { Composing } from "./composing";
import { EventLine } from "./event-line";
import { HeadLine } from "./head-line";
import { ClaimPanel } from "./panel/claim-panel";
import { Shut } from "./shut";
import { TimeLine } from "./time-line";

const KIT: ThreadKit = {
  weave: weaveClaim,
  Mark: () => <ShieldAlert className="size-4" />,
  HeadLine,
  TimeLine,
  Event: EventLine,
  Over: Addressee,
  ActBar,
  Panel: ClaimPanel,
  shuts: new Set(["no_action", "closed"]),
  Shut,
  Composing,
};

export interface ClaimKitProps {
  words: Words["claim"];
  children: ReactNode;
}

/** All that a conversation needs to be a claim, with the words for it. */
export function ClaimKitProvider({ words, children }: ClaimKitProps) {
  const known = useMessages();
  const messages = useMemo(() => ({ ...known, claim: words }), [known, words]);
  return (
    <NextIntlClientProvider locale={useLocale()} messages={messages}>
      <ThreadKitContext value={KIT}>{children}</ThreadKitContext>
    </NextIntlClientProvider>
  );
}
