import { type ComponentType, createContext, type ReactNode, useContext } from "react";
import type { ThreadRef, Viewer } from "@/lib/client/keys";
import type { ClaimRole } from "@/lib/shared/api/claim";
import type { ComposerView, MessageView, Seen, ThreadView } from "@/lib/shared/api/thread";
import type { Bubble } from "@/lib/shared/view/bubbles";
import type { ClaimEntry } from "@/lib/shared/view/claim-flow";

/** How the composer of a channel differs from that of messages. */
export interface ComposerParts {
  formLabel: string;
  placeholder: string;
  /** What must be known while writing, above the field. */
  above: ReactNode;
  /** In the place of the counter. Left out: the counter itself. */
  counter?: ReactNode;
  /** Claims: who it is written to. Null: nobody need be named, or the sender has not said yet. */
  to: ClaimRole | null;
  /** Called when Send is pressed before the sender said what must be said. Null: nothing lacks. */
  askTo: (() => void) | null;
}

/** Something that was said, as far as what stands over it needs. */
export type Said = Pick<MessageView, "author" | "direction" | "to"> & {
  /** Null: it is no message yet. */
  messageId: string | null;
  /** Questions: which one a reply of ours answers. Null: the one in the address. */
  questionId: string | null;
  at: Date;
};

/** What a conversation of a channel shows beside its messages. It comes with the script of that channel alone: one of
 *  messages has none of it. What a channel has nothing of is left out. */
export interface ThreadKit {
  /** The messages with what happened between them, in order. */
  weave?: (view: Pick<ThreadView, "claim" | "messages" | "hasOlder">, bubbles: readonly Bubble[]) => Entry[];
  Mark: ComponentType;
  HeadLine: ComponentType;
  /** What concerns the whole conversation, at the end of its header. */
  HeadActs?: ComponentType;
  TimeLine?: ComponentType;
  Event?: ComponentType<{ entry: ClaimEntry }>;
  /** Who something is for or what it answers, where that is not plain. */
  Over?: ComponentType<{ said: Said }>;
  /** What became of a message, and why; of one that came in also when it did. */
  Under?: ComponentType<{ message: MessageView }>;
  /** In the place of words that Mercado Libre does not give. */
  Blank?: ComponentType<{ message: MessageView }>;
  /** What became of a message of ours, in the channel's own words. */
  Truth?: ComponentType<{ message: MessageView }>;
  /** Takes a text of ours along that cannot be sent here (any more). */
  Copy?: ComponentType<{ text: string }>;
  ActBar?: ComponentType;
  Panel: ComponentType;
  /** Why the composer is closed, as far as the channel has words of its own. */
  shuts: ReadonlySet<Extract<ComposerView, { allowed: false }>["because"]>;
  Shut: ComponentType<{
    closed: Extract<ComposerView, { allowed: false }>;
    isKept: boolean;
    action: ReactNode;
  }>;
  Composing: ComponentType<{
    composer: Extract<ComposerView, { allowed: true }>;
    text: string;
    to: ClaimRole | null;
    onTo: (to: ClaimRole) => void;
    children: (parts: ComposerParts) => ReactNode;
  }>;
}

export type Entry = Bubble | ClaimEntry;

export const ThreadKitContext = createContext<ThreadKit | null>(null);

/** The next conversation of the list that waits for an answer. */
export interface Onward {
  href: string;
  go: () => void;
}

/** The open conversation, for the parts of a kit. */
export interface ThreadDesk {
  viewer: Viewer;
  /** Under which it is cached. */
  threadRef: ThreadRef;
  view: ThreadView;
  /** What stands on the screen now. */
  seen: () => Seen;
  /** Reads the conversation from Mercado Libre now. */
  refresh: () => Promise<{ isStale: boolean }>;
  /** Null: nothing else of the list waits. */
  onward: Onward | null;
  /** Takes back what was sent last. Null: there is nothing that has not left. */
  undo: (() => void) | null;
}

export const ThreadDeskContext = createContext<ThreadDesk | null>(null);

/** The kit, where the conversation is one that was read. */
export function useThreadKit(view: Pick<ThreadView, "claim" | "question">): ThreadKit | null {
  const kit = useContext(ThreadKitContext);
  return view.claim === null && view.question === null ? null : kit;
}
