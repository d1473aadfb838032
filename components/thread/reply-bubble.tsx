"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { problemOf } from "@/lib/client/api-error";
import type { FileView, OutboxView } from "@/lib/shared/api/thread";
import type { ReplyState } from "@/lib/shared/view/bubbles";
import { FileCard } from "./file-card";
import { Article, Words } from "./message-bubble";
import { RichText } from "./rich-text";
import { TruthLine } from "./truth-line";

/** What a person may decide about a reply that is not simply sent. Each resolves when the server has answered. */
export interface ReplyActs {
  retry(reply: OutboxView): Promise<unknown>;
  cancel(reply: OutboxView): Promise<unknown>;
  /** Sends a held reply although the thread has moved. */
  sendAnyway(reply: OutboxView): Promise<unknown>;
  discard(reply: OutboxView): Promise<unknown>;
  /** Discards the row and puts its text back into the field. */
  edit(reply: OutboxView): Promise<unknown>;
  /** Reads the conversation from Mercado Libre now. */
  check(): Promise<unknown>;
}

/** One of our replies while it is not yet a message of the conversation. Every state is a row of the server. */
export function ReplyBubble({
  reply,
  state,
  timeZone,
  isClose,
  acts,
}: {
  reply: OutboxView;
  state: ReplyState;
  timeZone: string;
  isClose: boolean;
  acts: ReplyActs;
}) {
  const t = useTranslations("thread");
  const explained =
    state === "held" || state === "uncertain" || state === "failed" || state === "rejected" ? state : null;
  return (
    <Article side="out" label={t("you")} isClose={isClose}>
      <ReplyBody text={reply.text} files={reply.files} />
      <TruthLine
        kind={state}
        // Why the answer was lost helps nobody decide: what to do about it stands below.
        reason={state === "uncertain" ? null : reply.reason}
        at={reply.createdAt}
        timeZone={timeZone}
      />
      {explained !== null && (
        <p className="max-w-prose text-right text-ink-2 text-xs">{t(`explain.${explained}`)}</p>
      )}
      <ReplyActions reply={reply} state={state} acts={acts} />
    </Article>
  );
}

/** A reply while our own server is being asked to take it. */
export function PendingBubble({
  text,
  files,
  at,
  timeZone,
}: {
  text: string;
  files: readonly FileView[];
  at: Date;
  timeZone: string;
}) {
  const t = useTranslations("thread");
  return (
    <Article side="out" label={t("you")} isClose={false}>
      <ReplyBody text={text} files={files} />
      <TruthLine kind="pending" reason={null} at={at} timeZone={timeZone} />
    </Article>
  );
}

function ReplyBody({ text, files }: { text: string; files: readonly FileView[] }) {
  return (
    <>
      <Words side="out">
        <RichText text={text} />
      </Words>
      {files.map((file) => (
        <FileCard key={file.id} name={file.name} type={file.type} size={file.size} />
      ))}
    </>
  );
}

/** What can be decided about a reply in its state. */
export function ReplyActions({
  reply,
  state,
  acts,
}: {
  reply: OutboxView;
  state: ReplyState;
  acts: ReplyActs;
}) {
  const t = useTranslations("thread.act");
  const errors = useTranslations("errors");
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const button = (
    name: "edit" | "sendAnyway" | "retry" | "cancel" | "check" | "sendAgain" | "discard",
    act: () => Promise<unknown>,
  ) => (
    <Button
      key={name}
      size="sm"
      variant={name === "discard" || name === "cancel" ? "ghost" : "secondary"}
      isBusy={busy === name}
      disabled={busy !== null}
      onClick={async () => {
        setBusy(name);
        setProblem(null);
        try {
          await act();
        } catch (error) {
          setProblem(errors(problemOf(error)));
        }
        setBusy(null);
      }}
    >
      {t(name)}
    </Button>
  );

  const buttons = {
    queued: [button("cancel", () => acts.cancel(reply))],
    held: [
      button("sendAnyway", () => acts.sendAnyway(reply)),
      button("edit", () => acts.edit(reply)),
      button("discard", () => acts.discard(reply)),
    ],
    uncertain: [
      button("check", () => acts.check()),
      ...(reply.canRetry ? [button("sendAgain", () => acts.retry(reply))] : []),
      button("discard", () => acts.discard(reply)),
    ],
    failed: [
      ...(reply.canRetry ? [button("retry", () => acts.retry(reply))] : []),
      button("edit", () => acts.edit(reply)),
      button("discard", () => acts.discard(reply)),
    ],
    rejected: [button("edit", () => acts.edit(reply)), button("discard", () => acts.discard(reply))],
    sending: [],
    accepted: [],
    moderation: [],
  }[state];
  if (buttons.length === 0) return null;
  return (
    <div className="flex flex-col items-end gap-1">
      <div className="flex flex-wrap justify-end gap-1.5">{buttons}</div>
      {problem !== null && (
        <p role="alert" className="text-due text-xs">
          {t("failed", { why: problem })}
        </p>
      )}
    </div>
  );
}
