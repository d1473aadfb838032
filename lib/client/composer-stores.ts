import type { QueryClient } from "@tanstack/react-query";
import { withOutbox } from "@/lib/client/cache";
import type { FilePorts } from "@/lib/client/composer-files";
import { type ComposerStore, createComposerStore } from "@/lib/client/composer-store";
import { composersOf } from "@/lib/client/composer-tabs";
import { localDraftKey, readLocalDraft, removeLocalDraft, writeLocalDraft } from "@/lib/client/drafts";
import { keys, type ThreadRef, type Viewer } from "@/lib/client/keys";
import { noteSent } from "@/lib/client/last-sent";
import { sniffFile } from "@/lib/client/sniff";
import { tellTabs } from "@/lib/client/tabs";
import { deleteFile, postReply, putDraft, threadPath } from "@/lib/client/thread-calls";
import { uploadFile } from "@/lib/client/upload";
import type { ThreadView } from "@/lib/shared/api/thread";
import { seenOf } from "@/lib/shared/view/seen";

/** What came below while the reader of a conversation was further up: not seen, and so not answered by what they send. */
const unreadBelow = new WeakMap<ComposerStore, ReadonlySet<string>>();

export function noteBelow(store: ComposerStore, keysBelow: ReadonlySet<string>): void {
  unreadBelow.set(store, keysBelow);
}

/** What a chain of questions holds of the one in the address: another question's answer says nothing of its draft. */
export function ownReplies({ draft, outbox, question }: ThreadView): Pick<ThreadView, "draft" | "outbox"> {
  if (question === null) return { draft, outbox };
  return { draft, outbox: outbox.filter(({ questionId }) => questionId === question.asked) };
}

/** How files of a conversation are checked and uploaded. `ref` with its account. */
export function filePortsOf(ref: ThreadRef): FilePorts {
  return {
    sniff: sniffFile,
    toJpeg: async (file) => (await import("@/lib/client/to-jpeg")).toJpeg(file),
    upload: (file, options) => uploadFile(threadPath(ref, "files", { name: file.name }), file, options),
    // A file that could not be deleted now is swept with its draft.
    remove: (file) => void deleteFile(file.id).catch(() => undefined),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

/** The composer of a conversation. `ref` is the address it is shown under, the row tells whose it is. */
export function composerStoreOf(
  client: QueryClient,
  viewer: Viewer,
  ref: ThreadRef,
  view: ThreadView,
): ComposerStore {
  const owned: ThreadRef = { ...ref, account: view.row.accountId };
  const name = localDraftKey(viewer, owned);
  const known = composersOf(client);
  const store = known.get(name);
  if (store) return store;
  const made = createComposerStore(ownReplies(view), {
    async save(content, isLeaving) {
      const body = { text: content.text, files: content.files.map((file) => file.id) };
      const saved = await putDraft(owned, body, isLeaving);
      tellTabs({ userId: viewer.userId, channel: ref.channel, externalId: ref.externalId });
      return saved;
    },
    keepLocal: (draft) => void writeLocalDraft(name, draft),
    dropLocal: () => removeLocalDraft(name),
    readLocal: () => readLocalDraft(name),
    ...filePortsOf(owned),
    seen: () =>
      seenOf(client.getQueryData<ThreadView>(keys.thread(viewer, ref)) ?? view, unreadBelow.get(made)),
    post: (reply) => postReply(owned, reply),
    onSent: (reply) => {
      client.setQueryData<ThreadView>(
        keys.thread(viewer, ref),
        (cached) => cached && withOutbox(cached, reply),
      );
      void client.invalidateQueries({ queryKey: keys.lists(viewer) });
      noteSent(view.row.accountId, { ref, buyer: view.row.buyer, reply });
    },
    onOther: () => void client.invalidateQueries({ queryKey: keys.thread(viewer, ref) }),
  });
  known.set(name, made);
  return made;
}
