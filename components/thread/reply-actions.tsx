"use client";

import { useTranslations } from "next-intl";
import { useContext, useState } from "react";
import { Button } from "@/components/ui/button";
import { problemOf } from "@/lib/client/api-error";
import type { OutboxView } from "@/lib/shared/api/thread";
import { isTemplate } from "@/lib/shared/guide-choice";
import type { ReplyState } from "@/lib/shared/view/bubbles";
import { reasonOf } from "@/lib/shared/view/reasons";
import { ThreadKitContext } from "./thread-kit";

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
  /** May its words go back into a field? Nothing is written where an answer stands already. */
  canEdit(reply: OutboxView): boolean;
  /** The reply that Ctrl+Z takes back. Null: none. */
  undoneByKeys: string | null;
  /** Shows the messages that a held reply waits for. */
  show(messageIds: readonly string[]): void;
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
  const kit = useContext(ThreadKitContext);
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

  const canEdit = !isTemplate(reply.option) && acts.canEdit(reply);
  const copy = kit?.Copy && reply.text !== "" ? [<kit.Copy key="copy" text={reply.text} />] : [];
  const buttons = {
    queued: [button("cancel", () => acts.cancel(reply))],
    held: [
      <Button key="show" size="sm" onClick={() => acts.show(reply.heldFor)}>
        {t("showNew", { count: Math.max(1, reply.heldFor.length) })}
      </Button>,
      button("sendAnyway", () => acts.sendAnyway(reply)),
      ...(canEdit ? [button("editHeld", () => acts.edit(reply))] : copy),
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
        : canEdit
          ? [button("edit", () => acts.edit(reply))]
          : copy),
      button("discard", () => acts.discard(reply)),
    ],
    rejected: [
      ...(canEdit ? [button("edit", () => acts.edit(reply))] : copy),
      button("discard", () => acts.discard(reply)),
    ],
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
