"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { problemOf } from "@/lib/client/api-error";
import type { FileView, GuideChoice, OutboxView } from "@/lib/shared/api/thread";
import type { ReplyState } from "@/lib/shared/view/bubbles";
import { fixOf, reasonOf } from "@/lib/shared/view/reasons";
import { FileCard } from "./file-card";
import { Article, Words } from "./message-bubble";
import { ReasonLine } from "./reason-line";
import { RichText } from "./rich-text";
import { TruthLine } from "./truth-line";
import { UndoCountdown } from "./undo-countdown";
import { useFileFault } from "./use-file-fault";

/** What a person may decide about a reply that is not simply sent. Each resolves when the server has answered. */
export interface ReplyActs {
  retry(reply: OutboxView): Promise<unknown>;
  /** Takes a reply back that has not left, and puts its text and files back into the field. */
  cancel(reply: OutboxView): Promise<unknown>;
  /** Sends a held reply although the thread has moved. */
  sendAnyway(reply: OutboxView): Promise<unknown>;
  discard(reply: OutboxView): Promise<unknown>;
  /** Discards the row and puts its text back into the field. */
  edit(reply: OutboxView): Promise<unknown>;
  /** Reads the conversation from Mercado Libre now; `isStale`: it did not answer. */
  check(): Promise<{ isStale: boolean }>;
  /** The reply that Ctrl+Z takes back. Null: none. */
  undoneByKeys: string | null;
  /** Shows the messages that a held reply waits for. */
  show(messageIds: readonly string[]): void;
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
  const files = useTranslations("files.sent");
  const explained = explanationOf(state, reply);
  const fault = useFileFault(reply);
  const isWaiting = state === "queued" && reply.reason === null;
  const hasKeys = acts.undoneByKeys === reply.id;
  return (
    <Article side="out" label={t("you")} isClose={isClose}>
      <ReplyBody
        text={reply.text}
        files={reply.files}
        option={reply.option}
        faultyId={fault?.fileId ?? null}
      />
      <TruthLine
        kind={state}
        // Why the answer was lost helps nobody decide: what to do about it stands below.
        reason={state === "uncertain" || fault !== null ? null : reply.reason}
        at={reply.createdAt}
        timeZone={timeZone}
        words={
          isWaiting && reply.sendsAt !== null ? (
            <UndoCountdown createdAt={reply.createdAt} sendsAt={reply.sendsAt} hasKeys={hasKeys} />
          ) : fault !== null ? (
            `${t(`truth.${state}`)}: ${fault.words}`
          ) : null
        }
        action={isWaiting && <UndoButton undo={() => acts.cancel(reply)} hasKeys={hasKeys} />}
      />
      {explained !== null && (
        <p className="max-w-prose text-balance text-right text-ink-2 text-xs">
          {fault !== null && state === "failed"
            ? files("nothingLeft")
            : explained === "held"
              ? t("explain.held", { count: Math.max(1, reply.heldFor.length) })
              : t(`explain.${explained}`)}
          {explained === "rejected" && ` ${t(`fix.${fixOf(reply.reason)}`)}`}
        </p>
      )}
      {!isWaiting && <ReplyActions reply={reply} state={state} acts={acts} />}
    </Article>
  );
}

function explanationOf(state: ReplyState, reply: OutboxView) {
  switch (state) {
    case "uncertain":
      // While it is looked for, and once nobody found it.
      return reply.reason === "vanished" ? "vanished" : reply.canRetry ? "absent" : "uncertain";
    case "failed":
      // What Mercado Libre writes leaves no text with us.
      return isTemplate(reply.option) ? null : state;
    case "held":
    case "rejected":
      return state;
    default:
      return null;
  }
}

const isTemplate = (option: GuideChoice | null) => option !== null && option.templateId !== null;

/** Does the way on lead over a reason? For a plain reply that Mercado Libre wants one for, and for one whose own was refused. */
function needsReason({ reason, option }: OutboxView): boolean {
  const why = reasonOf(reason);
  if (why?.kind === "blocked" && why.meaning === "reason_needed") return true;
  return (
    option !== null &&
    why?.kind === "text" &&
    why.reason.startsWith("guide_") &&
    reason !== "guide_not_needed"
  );
}

/** Stands in the line itself: nothing moves when it goes. On a phone it can be hit as any other button. */
function UndoButton({ undo, hasKeys }: { undo: () => Promise<unknown>; hasKeys: boolean }) {
  const t = useTranslations("thread.act");
  const errors = useTranslations("errors");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const button = (
    <button
      type="button"
      disabled={isBusy}
      aria-keyshortcuts={hasKeys ? "Control+Z Meta+Z" : undefined}
      onClick={async () => {
        setBusy(true);
        setProblem(null);
        try {
          await undo();
        } catch (error) {
          setProblem(errors(problemOf(error)));
          setBusy(false);
        }
      }}
      className="-my-2 ml-1 inline-block rounded-1 px-1.5 py-2 font-semibold text-accent underline-offset-2 hover:underline disabled:opacity-55 max-md:-my-3.5 max-md:py-3.5"
    >
      {t("undo")}
    </button>
  );
  return (
    <>
      {button}
      {problem !== null && (
        <span role="alert" className="ml-1.5 text-due">
          {t("failed", { why: problem })}
        </span>
      )}
    </>
  );
}

/** A reply while our own server is being asked to take it. */
export function PendingBubble({
  text,
  files,
  option,
  at,
  timeZone,
}: {
  text: string;
  files: readonly FileView[];
  option: GuideChoice | null;
  at: Date;
  timeZone: string;
}) {
  const t = useTranslations("thread");
  return (
    <Article side="out" label={t("you")} isClose={false}>
      <ReplyBody text={text} files={files} option={option} />
      <TruthLine kind="pending" reason={null} at={at} timeZone={timeZone} />
    </Article>
  );
}

function ReplyBody({
  text,
  files,
  option,
  faultyId = null,
}: {
  text: string;
  files: readonly FileView[];
  option: GuideChoice | null;
  /** The file that Mercado Libre did not take. */
  faultyId?: string | null;
}) {
  const t = useTranslations("thread.option");
  return (
    <>
      {option !== null && <ReasonLine option={option} />}
      <Words side="out">
        {text === "" && isTemplate(option) ? (
          <span className="text-ink-2">{t("meliWrites")}</span>
        ) : (
          <RichText text={text} />
        )}
      </Words>
      {files.map((file) => (
        <FileCard key={file.id} {...file} isFaulty={file.id === faultyId} />
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
  const explain = useTranslations("thread.explain");
  const errors = useTranslations("errors");
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isNotThere, setNotThere] = useState(false);

  /** What it finds replaces this reply: if that is still here, there was nothing. */
  async function check(): Promise<void> {
    setNotThere(false);
    const { isStale } = await acts.check();
    setNotThere(!isStale);
  }

  const button = (
    name:
      | "edit"
      | "toGuide"
      | "editHeld"
      | "sendAnyway"
      | "retry"
      | "cancel"
      | "check"
      | "sendAgain"
      | "discard",
    act: () => Promise<unknown>,
  ) => (
    <Button
      key={name}
      size="sm"
      variant={name === "discard" || name === "cancel" ? "ghost" : "secondary"}
      isBusy={busy === name}
      disabled={busy !== null}
      onClick={async ({ currentTarget }) => {
        setBusy(name);
        setProblem(null);
        try {
          await act();
        } catch (error) {
          setProblem(errors(problemOf(error)));
        }
        setBusy(null);
        giveFocusBack(currentTarget);
      }}
    >
      {t(name)}
    </Button>
  );

  const buttons = {
    queued: [button("cancel", () => acts.cancel(reply))],
    held: [
      <Button key="show" size="sm" onClick={() => acts.show(reply.heldFor)}>
        {t("showNew", { count: Math.max(1, reply.heldFor.length) })}
      </Button>,
      button("sendAnyway", () => acts.sendAnyway(reply)),
      ...(isTemplate(reply.option) ? [] : [button("editHeld", () => acts.edit(reply))]),
      button("discard", () => acts.discard(reply)),
    ],
    uncertain: [
      button("check", check),
      ...(reply.canRetry ? [button("sendAgain", () => acts.retry(reply))] : []),
      button("discard", () => acts.discard(reply)),
    ],
    failed: [
      ...(reply.canRetry ? [button("retry", () => acts.retry(reply))] : []),
      ...(needsReason(reply)
        ? [button("toGuide", () => acts.edit(reply))]
        : isTemplate(reply.option)
          ? []
          : [button("edit", () => acts.edit(reply))]),
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
      <p role="status" className="text-ink-2 text-xs empty:hidden">
        {isNotThere && state === "uncertain" && explain("notYet")}
      </p>
      {problem !== null && (
        <p role="alert" className="text-due text-xs">
          {t("failed", { why: problem })}
        </p>
      )}
    </div>
  );
}

/** A button that is busy cannot hold the focus: whoever pressed it finds it there again, if it still is. */
function giveFocusBack(button: HTMLElement): void {
  requestAnimationFrame(() => {
    if (button.isConnected && document.activeElement === document.body) button.focus({ preventScroll: true });
  });
}
