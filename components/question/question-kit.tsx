"use client";

import CircleHelp from "lucide-react/icons/circle-question-mark";
import { NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { type ThreadKit, ThreadKitContext } from "@/components/thread/thread-kit";
import type { Words } from "@/lib/shared/words/words";
import { Blank } from "./blank";
import { Composing } from "./composing";
import { CopyButton } from "./copy-button";
import { HeadActs } from "./head-acts";
import { HeadLine } from "./head-line";
import { Over } from "./over";
import { QuestionPanel } from "./panel/question-panel";
import { Shut } from "./shut";
import { Truth } from "./truth";
import { Under } from "./under";

const KIT: ThreadKit = {
  Mark: () => <CircleHelp className="size-4" />,
  HeadLine,
  HeadActs,
  Over,
  Under,
  Blank,
  Truth,
  Copy: CopyButton,
  Panel: QuestionPanel,
  shuts: new Set(["blocked", "closed", "answered", "no_action"]),
  Shut,
  Composing,
};

export interface QuestionKitProps {
  words: Words["question"];
  children: ReactNode;
}

/** All that a conversation needs to be a chain of questions, with the words for it. */
export function QuestionKitProvider({ words, children }: QuestionKitProps) {
  const known = useMessages();
  const messages = useMemo(() => ({ ...known, question: words }), [known, words]);
  return (
    <NextIntlClientProvider locale={useLocale()} messages={messages}>
      <ThreadKitContext value={KIT}>{children}</ThreadKitContext>
    </NextIntlClientProvider>
  );
}
