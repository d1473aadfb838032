"use client";

import { useTranslations } from "next-intl";
import { useContext, useState } from "react";
import { problemOf } from "@/lib/client/api-error";
import type { ClaimRole } from "@/lib/shared/api/claim";
import type { FileView, GuideChoice, OutboxView } from "@/lib/shared/api/thread";
import { isTemplate } from "@/lib/shared/guide-choice";
import type { ReplyState } from "@/lib/shared/view/bubbles";
import { fixOf } from "@/lib/shared/view/reasons";
import { FileCard } from "./file-card";
import { Article, Words } from "./message-bubble";
import { ReasonLine } from "./reason-line";
import { ReplyActions, type ReplyActs } from "./reply-actions";
import { RichText } from "./rich-text";
import { ThreadKitContext } from "./thread-kit";
import { TruthLine } from "./truth-line";
import { UndoCountdown } from "./undo-countdown";
import { useFileFault } from "./use-file-fault";

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
  const again = state === "queued" ? againOf(reply.reason) : null;
  const hasKeys = acts.undoneByKeys === reply.id;
  return (
    <Article side="out" label={t("you")} isClose={isClose}>
      <ReplyBody
        text={reply.text}
        files={reply.files}
        option={reply.option}
        to={reply.to}
        questionId={reply.questionId}
        at={reply.createdAt}
        faultyId={fault?.fileId ?? null}
      />
      <TruthLine
        kind={state}
        // Why the answer was lost helps nobody decide: what to do about it stands below.
        reason={state === "uncertain" || fault !== null || again !== null ? null : reply.reason}
        at={reply.createdAt}
        timeZone={timeZone}
        words={
          isWaiting && reply.sendsAt !== null ? (
            <UndoCountdown createdAt={reply.createdAt} sendsAt={reply.sendsAt} hasKeys={hasKeys} />
          ) : again !== null ? (
            t(`truth.again.${again}`)
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
          {explained === "rejected" &&
            ` ${reply.questionId === null ? t(`fix.${fixOf(reply.reason)}`) : t("questions.onlyOne")}`}
        </p>
      )}
      {!isWaiting && <ReplyActions reply={reply} state={state} acts={acts} />}
    </Article>
  );
}

/** Why a reply goes out once more by itself: nobody needs to be told to try again, and nobody should write it twice. */
function againOf(reason: string | null) {
  return reason === "slow_down" || reason === "meli_down" ? reason : null;
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
  to,
  at,
  timeZone,
}: {
  text: string;
  files: readonly FileView[];
  option: GuideChoice | null;
  to: ClaimRole | null;
  at: Date;
  timeZone: string;
}) {
  const t = useTranslations("thread");
  return (
    <Article side="out" label={t("you")} isClose={false}>
      <ReplyBody text={text} files={files} option={option} to={to} questionId={null} at={at} />
      <TruthLine kind="pending" reason={null} at={at} timeZone={timeZone} />
    </Article>
  );
}

function ReplyBody({
  text,
  files,
  option,
  to,
  questionId,
  at,
  faultyId = null,
}: {
  text: string;
  files: readonly FileView[];
  option: GuideChoice | null;
  /** On a claim: who it is written to. */
  to: ClaimRole | null;
  /** Which question it answers. Null: the one that is looked at, or no question. */
  questionId: string | null;
  at: Date;
  /** The file that Mercado Libre did not take. */
  faultyId?: string | null;
}) {
  const t = useTranslations("thread.option");
  const kit = useContext(ThreadKitContext);
  return (
    <>
      {kit?.Over && (
        <kit.Over said={{ author: "seller", direction: "out", to, messageId: null, questionId, at }} />
      )}
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
