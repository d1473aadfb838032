"use client";

import dynamic from "next/dynamic";
import type { ChannelName } from "@/lib/shared/thread";

const load = () => import("./thread-pane");
const loadKit = {
  claims: () => import("@/components/claim/lazy-claim-kit").then((module) => module.lazyClaimKit),
  questions: () => import("@/components/question/lazy-question-kit").then((module) => module.lazyQuestionKit),
};

/** The conversation with its composer and context: a third of the inbox's script, which the bare list does without.
 *  Whoever opens a conversation's own address gets it with the page (inbox-with-thread.tsx). */
export const LazyThreadPane = dynamic(() => load().then((module) => module.ThreadPane), {
  loading: () => <section aria-busy="true" className="min-w-0 flex-1 bg-pane" />,
});

/** Loads the script of a conversation ahead, with the first sign that one will be opened; with it what only its channel has. */
export function loadThreadPane(channel: ChannelName): void {
  void load();
  if (channel !== "messages") void loadKit[channel]().then((kit) => kit.ahead());
}
