import { type ComponentType, createContext, type ReactNode, useContext } from "react";
import type { ThreadRef, Viewer } from "@/lib/client/keys";
import type { ClaimRole } from "@/lib/shared/api/claim";
import type { ComposerView, MessageView, Seen, ThreadView } from "@/lib/shared/api/thread";
import type { Bubble } from "@/lib/shared/view/bubbles";
import type { ClaimEntry } from "@/lib/shared/view/claim-flow";

/** How a claim's composer differs from that of other conversations. */
export interface ComposerParts {
  formLabel: string;
  placeholder: string;
  /** Who will read it, above the field. */
  above: ReactNode;
  counter: ReactNode;
  /** Who it is written to; null: the sender has not said yet. */
  to: ClaimRole | null;
  /** Called when Send is pressed before that. */
  askTo: () => void;
}

/** What a conversation that is a claim shows beside its messages. It comes with the script of claims alone: a conversation
 *  of another channel has none of it. */
export interface ClaimKit {
  /** The messages with what happened between them, in order. */
  weave: (view: Pick<ThreadView, "claim" | "messages" | "hasOlder">, bubbles: readonly Bubble[]) => Entry[];
  Mark: ComponentType;
  HeadLine: ComponentType;
  TimeLine: ComponentType;
  Event: ComponentType<{ entry: ClaimEntry }>;
  /** Who a message is for, where that is not plain. */
  Addressee: ComponentType<{ message: Pick<MessageView, "author" | "direction" | "to"> }>;
  ActBar: ComponentType;
  Panel: ComponentType;
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

export const ClaimKitContext = createContext<ClaimKit | null>(null);

/** The open claim, for the parts of the kit. */
export interface ClaimDesk {
  viewer: Viewer;
  /** Under which it is cached. */
  threadRef: ThreadRef;
  view: ThreadView;
  claim: NonNullable<ThreadView["claim"]>;
  /** What stands on the screen now. */
  seen: () => Seen;
  /** Reads the claim from Mercado Libre now. */
  refresh: () => Promise<{ isStale: boolean }>;
}

export const ClaimDeskContext = createContext<ClaimDesk | null>(null);

/** The kit, where the conversation is a claim that was read. */
export function useClaimKit(view: Pick<ThreadView, "claim">): ClaimKit | null {
  const kit = useContext(ClaimKitContext);
  return view.claim === null ? null : kit;
}
