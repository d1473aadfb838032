import { useEffect, useRef, useState } from "react";
import { useDesk } from "@/components/claim/use-desk";
import { type ComposerFile, type ComposerFiles, createComposerFiles } from "@/lib/client/composer-files";
import { filePortsOf } from "@/lib/client/composer-stores";
import type { AttachmentRules } from "@/lib/shared/attachment-rules";

/** No act carries more (lib/shared/api/claim.ts). */
const MOST_FILES = 10;

export interface AskFiles {
  rules: AttachmentRules;
  of: (group: string) => ComposerFiles;
  list: (group: string) => readonly ComposerFile[];
  /** Files that the server holds. */
  ready: (group: string) => string[];
  isUploading: (group: string) => boolean;
  hasBad: (group: string) => boolean;
  /** The server has them in its outbox now: they are not deleted when the question goes. */
  keep: () => void;
}

/** Files of an act, in named groups, for as long as its question is open: what was uploaded and not confirmed is deleted. */
export function useAskFiles(): AskFiles {
  const { threadRef, view } = useDesk();
  const groups = useRef(new Map<string, ComposerFiles>());
  const isKept = useRef(false);
  const [, redraw] = useState(0);
  const rules: AttachmentRules = {
    types: view.attachmentTypes,
    maxBytes: view.maxFileBytes,
    maxPerMessage: Math.min(view.maxFiles, MOST_FILES),
    maxNameLength: 200,
  };

  useEffect(() => {
    const all = groups.current;
    return () => {
      if (isKept.current) return;
      for (const files of all.values()) for (const { localId } of files.list()) files.remove(localId);
    };
  }, []);

  function of(group: string): ComposerFiles {
    const known = groups.current.get(group);
    if (known !== undefined) return known;
    const ports = filePortsOf({ ...threadRef, account: view.row.accountId });
    const made = createComposerFiles([], ports, () => redraw((times) => times + 1));
    groups.current.set(group, made);
    return made;
  }

  const list = (group: string) => groups.current.get(group)?.list() ?? [];
  const has = (group: string, ...kinds: ComposerFile["state"]["kind"][]) =>
    list(group).some(({ state }) => kinds.includes(state.kind));
  return {
    rules,
    of,
    list,
    ready: (group) => (groups.current.get(group)?.ready() ?? []).map(({ id }) => id),
    isUploading: (group) => has(group, "checking", "uploading"),
    hasBad: (group) => has(group, "refused", "failed"),
    keep: () => {
      isKept.current = true;
    },
  };
}
