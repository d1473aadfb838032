import type { DraftView, FileView, OutboxView } from "@/lib/shared/api/thread";

/** What the field holds: text, and the files that were uploaded for it. */
export interface DraftContent {
  text: string;
  files: readonly FileView[];
}

/** A draft as one tab knows it. */
export interface DraftState extends DraftContent {
  /** What the server holds, as far as this tab knows. */
  saved: DraftContent;
  /** The server's time of `saved`. */
  savedAt: Date | null;
  /** What is on its way to the server, if anything. */
  saving: DraftContent | null;
  /** The last save failed: only the local copy holds what was typed. */
  isOnlyLocal: boolean;
  /** Typed in this tab, and not what another one saved. */
  isOwn: boolean;
}

/** The newest of our replies in the conversation, whichever tab it left from. */
export type LastReply = { text: string; createdAt: Date };

export type DraftEvent =
  | { type: "typed"; text: string }
  | { type: "files_changed"; files: readonly FileView[] }
  | { type: "save_started" }
  /** `content`: what this save held. Another may be on its way beside it, from a page that is being left. */
  | { type: "save_done"; at: Date; content: DraftContent }
  | { type: "save_failed" }
  | { type: "offered"; draft: DraftView; isTouched: boolean; lastReply: LastReply | null }
  | { type: "restored"; content: DraftContent }
  | { type: "taken" }
  | { type: "sent" };

const EMPTY: DraftContent = { text: "", files: [] };

export function startDraft(draft: DraftView): DraftState {
  const content = { text: draft.text, files: draft.files };
  return {
    ...content,
    saved: content,
    savedAt: draft.updatedAt,
    saving: null,
    isOnlyLocal: false,
    isOwn: false,
  };
}

export function isSame(a: DraftContent, b: DraftContent): boolean {
  return (
    a.text === b.text &&
    a.files.length === b.files.length &&
    a.files.every((file, index) => file.id === b.files[index]?.id)
  );
}

/** Does the field hold something that the server does not? */
export function isDirty(state: DraftState): boolean {
  return !isSame(state, state.saved);
}

const contentOf = ({ text, files }: DraftContent): DraftContent => ({ text, files });

/** What becomes of a draft when something happens. Never drops what was typed: only an untouched field is replaced. */
export function reduceDraft(state: DraftState, event: DraftEvent): DraftState {
  switch (event.type) {
    case "typed":
      return { ...state, text: event.text, isOwn: true };
    case "files_changed":
      return { ...state, files: event.files };
    case "save_started":
      return { ...state, saving: contentOf(state) };
    case "save_done": {
      const isLast = state.saving === null || isSame(state.saving, event.content);
      const saving = isLast ? null : state.saving;
      return { ...state, saved: contentOf(event.content), savedAt: event.at, saving, isOnlyLocal: false };
    }
    case "save_failed":
      return { ...state, saving: null, isOnlyLocal: true };
    case "offered":
      return offered(state, event);
    case "restored":
      return { ...state, ...contentOf(event.content), isOwn: true };
    // A reply takes the content over. What the server holds stays known: until the reply is accepted, it is the draft.
    case "taken":
      return { ...state, ...EMPTY };
    // Accepted: the server has cleared its draft. What was typed since stays.
    case "sent":
      return { ...state, saved: EMPTY, saving: null, isOnlyLocal: false };
  }
}

/** Another tab or device saved: its text takes the place of a field that nobody is working on. A draft that is gone
 *  was sent from there, if a reply was queued since; otherwise the answer may simply be older than our own save. Other words
 *  than those that were sent stay: the server has dropped them with its draft, and they are saved anew. */
function offered(state: DraftState, event: Extract<DraftEvent, { type: "offered" }>): DraftState {
  if (state.saving !== null || isDirty(state)) return state;
  const { draft, lastReply, isTouched } = event;
  const known = state.savedAt?.getTime() ?? 0;
  const wasSent =
    draft.updatedAt === null && state.savedAt !== null && (lastReply?.createdAt.getTime() ?? 0) > known;
  if (wasSent && state.isOwn && lastReply?.text.includes(state.text.trim()) === false) {
    return { ...state, saved: EMPTY, savedAt: null };
  }
  const isNewer = draft.updatedAt !== null && draft.updatedAt.getTime() > known;
  if (isTouched || (!isNewer && !wasSent)) return state;
  return startDraft(draft);
}

/** What this browser kept until the server has it. `basis`: the server's time of the version it was typed over. */
export interface LocalDraft extends DraftContent {
  basis: string | null;
  /** The key of the newest reply when it was kept. */
  after?: string | null | undefined;
  /** Of the reply that it left as, while our server has not taken that over. */
  key?: string | undefined;
}

/** A reply as it is known whether it holds a draft. */
type Left = Pick<OutboxView, "key" | "text" | "files">;

/** What to show when a conversation opens: the server's draft, or what only this browser holds. If both moved on, both
 *  are kept, one under the other; what has left since is no draft any more.
 *  @param replies of the conversation, oldest first */
export function chooseDraft(
  server: DraftView,
  local: LocalDraft | null,
  replies: readonly Left[],
): DraftContent {
  const theirs = { text: server.text, files: server.files };
  if (local === null || isSame(theirs, local) || hasLeft(local, replies)) return theirs;
  const isUnmoved = (server.updatedAt?.toISOString() ?? null) === local.basis;
  if (isUnmoved || theirs.text.trim() === "") return contentOf(local);
  if (theirs.text.includes(local.text)) return theirs;
  const files = [
    ...theirs.files,
    ...local.files.filter((file) => !theirs.files.some((f) => f.id === file.id)),
  ];
  // A save that arrived and was not answered holds the beginning of it.
  const text = local.text.includes(theirs.text) ? local.text : `${theirs.text}\n\n${local.text}`;
  return { text, files };
}

/** Was it sent after it was kept: from another device, or from here by a save and a reply that were not answered? */
function hasLeft(local: LocalDraft, replies: readonly Left[]): boolean {
  const text = local.text.trim();
  if (local.after === undefined || text === "") return false;
  const known = replies.findIndex(({ key }) => key === local.after);
  // Of a reply that was taken back nothing is told: then the newest alone can be younger for sure.
  const since = known === -1 && local.after !== null ? replies.slice(-1) : replies.slice(known + 1);
  return since.some(
    (reply) =>
      reply.text.includes(text) && local.files.every(({ id }) => reply.files.some((file) => file.id === id)),
  );
}
