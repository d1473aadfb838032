import { type ApiProblem, problemOf } from "@/lib/client/api-error";
import {
  type ComposerFile,
  type ComposerFiles,
  createComposerFiles,
  type FilePorts,
} from "@/lib/client/composer-files";
import { chooseDraft, type DraftState, type LocalDraft, startDraft } from "@/lib/client/draft-machine";
import { createDraftSaver, type DraftPorts } from "@/lib/client/draft-saver";
import type { Reply } from "@/lib/client/thread-calls";
import { withPatience } from "@/lib/client/with-patience";
import type { ClaimRole } from "@/lib/shared/api/claim";
import type { FileView, GuideChoice, OutboxView, Seen, ThreadView } from "@/lib/shared/api/thread";
import type { AttachmentRules } from "@/lib/shared/attachment-rules";
import { isTemplate } from "@/lib/shared/guide-choice";

/** Why the last press of Send did not end in the outbox. */
export type SendProblem =
  | { kind: "text_needed" }
  | { kind: "files" }
  /** Under a reason no files are taken (messages.md 3). */
  | { kind: "no_files" }
  | { kind: "earlier_version" }
  | { kind: "api"; code: ApiProblem };

/** A text that Mercado Libre rejected, put back into the field to be written anew. */
export interface Rejection {
  text: string;
  /** Mercado Libre's moderation reason, or another code of our API. */
  reason: string | null;
}

/** A reply while our server is being asked to take it. */
export interface PendingReply {
  key: string;
  text: string;
  files: readonly FileView[];
  /** The reason it begins the conversation under; null: a plain reply. */
  option: GuideChoice | null;
  /** On a claim: who it is written to. */
  to: ClaimRole | null;
  /** What stood on the screen at the press of Send. */
  seen: Seen;
  at: Date;
}

export interface ComposerSnapshot {
  draft: DraftState;
  files: readonly ComposerFile[];
  pending: PendingReply | null;
  isWaitingForFiles: boolean;
  problem: SendProblem | null;
  /** What the text in the field was rejected for before. Null: nothing. */
  rejection: Rejection | null;
  /** The reason that was picked, by its id. Null: none yet. */
  reason: string | null;
  /** On a claim: who was chosen to read it. Null: nobody yet. */
  to: ClaimRole | null;
}

export interface ComposerPorts extends DraftPorts, FilePorts {
  readLocal(): LocalDraft | null;
  /** What of the conversation stands on the screen now. */
  seen(): Seen;
  post(reply: Reply): Promise<OutboxView>;
  onSent(reply: OutboxView): void;
  /** The conversation has moved on without this tab: blocked, disconnected, or a reply that it has not seen. */
  onOther(): void;
}

export interface ComposerStore {
  subscribe(listener: () => void): () => void;
  snapshot(): ComposerSnapshot;
  /** Once per tab, after the page is there: brings back what only this browser holds. */
  restore(): void;
  type(text: string): void;
  addFiles(files: readonly File[], rules: AttachmentRules): void;
  retryFile(localId: string): void;
  removeFile(localId: string): void;
  setFocused(isFocused: boolean): void;
  /** A fresh answer of the server: another tab may have typed, or an unanswered reply may be there after all. */
  offer(view: Pick<ThreadView, "draft" | "outbox">): void;
  /** Sends what is in the field, under a reason if one is given. A template takes nothing from the field: Mercado Libre
   *  writes its text, and what was typed stays. */
  send(option?: GuideChoice, to?: ClaimRole): Promise<void>;
  /** Chooses who reads what is written on a claim. */
  address(to: ClaimRole): void;
  /** Picks the reason that a first message goes under. */
  pick(reason: string): void;
  /** Was the reply with this key sent from here? */
  hasSent(key: string): boolean;
  /** Puts the text of a reply that was not sent back into the field, and picks the reason it had. */
  edit(text: string, held: readonly FileView[], option?: GuideChoice | null, to?: ClaimRole | null): void;
  /** The text that was just put back is one that Mercado Libre rejected: until it is sent again the writer knows why. */
  noteRejection(rejection: Rejection): void;
  /** The browser has its network back: a reply that failed for want of it can be sent. */
  online(): void;
  flush(isLeaving: boolean): void;
  keep(): void;
}

const SAVE_PATIENCE_MS = 2_000;

/** The composer of one conversation: field, files and the one reply on its way to our outbox. It outlives the screen, so
 *  that leaving a conversation neither drops text nor stops an upload. */
export function createComposerStore(
  view: Pick<ThreadView, "draft" | "outbox">,
  ports: ComposerPorts,
): ComposerStore {
  const listeners = new Set<() => void>();
  let pending: PendingReply | null = null;
  let isWaitingForFiles = false;
  let problem: SendProblem | null = null;
  let reason: string | null = null;
  let to: ClaimRole | null = null;
  let rejection: Rejection | null = null;
  let isFocused = false;
  let isRestored = false;
  /** The key of a reply whose answer never came. The next press uses it again: it is the same reply until we know. */
  let unansweredKey: string | null = null;
  /** The keys of the replies that left from here. */
  const sent = new Set<string>();
  let current: ComposerSnapshot;

  /** Of the newest reply that this tab knows of. */
  let newestKey = view.outbox.at(-1)?.key ?? null;
  const keepLocal = (draft: LocalDraft) => ports.keepLocal({ ...draft, after: newestKey });

  const saver = createDraftSaver(startDraft(view.draft), { ...ports, keepLocal }, publish);
  const files: ComposerFiles = createComposerFiles(view.draft.files, ports, () => {
    saver.apply({ type: "files_changed", files: files.ready() });
    publish();
  });
  current = take();

  function take(): ComposerSnapshot {
    return {
      draft: saver.state(),
      files: files.list(),
      pending,
      isWaitingForFiles,
      problem,
      rejection,
      reason,
      to,
    };
  }

  function publish(): void {
    current = take();
    for (const listener of listeners) listener();
  }

  function putBack(text: string, ready: readonly FileView[]): void {
    const typed = saver.state().text;
    const joined = typed.trim() === "" || typed === text ? text : `${text}\n\n${typed}`;
    const rest = files.ready().filter((file) => !ready.some((other) => other.id === file.id));
    files.reset([...ready, ...rest]);
    saver.apply({ type: "restored", content: { text: joined, files: files.ready() } });
  }

  async function send(option?: GuideChoice, reader?: ClaimRole): Promise<void> {
    if (pending !== null || isWaitingForFiles) return;
    problem = null;
    if (option !== undefined && isTemplate(option)) return post(replyOf("", [], ports.seen(), option));
    if (option !== undefined && files.list().length > 0) problem = { kind: "no_files" };
    if (problem !== null) return publish();
    const isEmpty = () => saver.state().text.trim() === "";
    if (isEmpty()) {
      if (files.list().length > 0) problem = { kind: "text_needed" };
      return publish();
    }
    const seen = ports.seen();
    isWaitingForFiles = true;
    publish();
    await files.settled();
    isWaitingForFiles = false;
    if (files.list().some(({ state }) => state.kind !== "ready")) problem = { kind: "files" };
    if (problem !== null || isEmpty()) return publish();

    return post(replyOf(saver.state().text.trim(), files.ready(), seen, option ?? null, reader ?? null));
  }

  function replyOf(
    text: string,
    ready: readonly FileView[],
    seen: Seen,
    option: GuideChoice | null,
    reader: ClaimRole | null = null,
  ): PendingReply {
    const key = unansweredKey ?? crypto.randomUUID();
    return { key, text, files: ready, option, to: reader, seen, at: new Date() };
  }

  async function post(reply: PendingReply): Promise<void> {
    // What Mercado Libre writes takes nothing out of the field.
    const isTaking = reply.option === null || reply.option.templateId === null;
    pending = reply;
    const isSaved = saver.pause();
    if (isTaking) {
      const keep = () => {
        const basis = saver.state().savedAt?.toISOString() ?? null;
        keepLocal({ text: reply.text, files: [...reply.files], basis, key: reply.key });
      };
      // A laptop may be closed before our server has it; a save that ends meanwhile speaks of the draft.
      keep();
      void isSaved.then(() => {
        if (pending === reply) keep();
      });
      files.take();
      saver.apply({ type: "taken" });
    }
    publish();
    await Promise.race([isSaved, ports.wait(SAVE_PATIENCE_MS)]);
    try {
      finish(await postWithPatience(reply));
    } catch (error) {
      const code = problemOf(error);
      // An earlier press had arrived after all, with what was written then: the newer words stay in the field.
      const isOtherVersion = code === "conflict" && unansweredKey === reply.key;
      unansweredKey = code === "offline" || code === "bug" ? reply.key : null;
      problem = isOtherVersion ? { kind: "earlier_version" } : { kind: "api", code };
      if (isOtherVersion || code === "refused_by_meli" || code === "account_disconnected") ports.onOther();
      if (isTaking) putBack(reply.text, reply.files);
    }
    pending = null;
    saver.resume();
    publish();
  }

  /** The same key is offered again while no answer comes. */
  function postWithPatience(reply: PendingReply): Promise<OutboxView> {
    const { key, text, seen, option, to: reader } = reply;
    const files = reply.files.map((file) => file.id);
    const body = {
      key,
      text,
      files,
      seen,
      ...(option === null ? {} : { option }),
      ...(reader === null ? {} : { to: reader }),
    };
    return withPatience(() => ports.post(body), ports.wait);
  }

  function finish(accepted: OutboxView): void {
    unansweredKey = null;
    reason = null;
    rejection = null;
    // The next one may be for somebody else: it is chosen anew.
    to = null;
    sent.add(accepted.key);
    newestKey = accepted.key;
    saver.apply({ type: "sent" });
    ports.onSent(accepted);
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => current,
    restore() {
      if (isRestored) return;
      isRestored = true;
      const local = ports.readLocal();
      if (local === null) return;
      unansweredKey = local.key ?? null;
      const content = chooseDraft(view.draft, local, view.outbox);
      files.reset(content.files);
      saver.apply({ type: "restored", content });
      if (saver.state().text === view.draft.text) ports.dropLocal();
    },
    type(text) {
      problem = null;
      if (text.trim() === "") rejection = null;
      saver.apply({ type: "typed", text });
      publish();
    },
    addFiles(list, rules) {
      problem = null;
      files.add(list, rules);
    },
    retryFile: (localId) => files.retry(localId),
    removeFile(localId) {
      problem = null;
      files.remove(localId);
    },
    setFocused(focused) {
      isFocused = focused;
    },
    offer({ draft, outbox }) {
      newestKey = outbox.at(-1)?.key ?? newestKey;
      if (pending !== null) return;
      const arrived = outbox.find((reply) => reply.key === unansweredKey);
      if (arrived) {
        unansweredKey = null;
        problem = null;
        if (saver.state().text.trim() === arrived.text.trim()) {
          files.take();
          saver.apply({ type: "taken" });
          saver.apply({ type: "sent" });
        }
      }
      const before = saver.state();
      const isTouched =
        (isFocused && document.hasFocus()) || files.list().some((f) => f.state.kind !== "ready");
      saver.apply({ type: "offered", draft, isTouched, lastReply: outbox.at(-1) ?? null });
      if (saver.state() !== before) files.reset(saver.state().files);
      // Nothing new is the rule, and each conversation that is opened is offered what it was made of.
      else if (arrived) publish();
    },
    send,
    address(chosen) {
      to = chosen;
      publish();
    },
    pick(picked) {
      problem = null;
      reason = picked;
      publish();
    },
    hasSent: (key) => sent.has(key),
    edit(text, held, option, reader) {
      problem = null;
      to = reader ?? to;
      reason = option?.optionId ?? reason;
      putBack(text, held);
      publish();
    },
    noteRejection(noted) {
      rejection = noted;
      publish();
    },
    online() {
      if (problem?.kind !== "api" || problem.code !== "offline") return;
      problem = null;
      publish();
    },
    flush: (isLeaving) => saver.flush(isLeaving),
    keep: () => saver.keep(),
  };
}
