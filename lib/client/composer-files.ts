import { ApiError, type ApiProblem, problemOf } from "@/lib/client/api-error";
import type { FileView } from "@/lib/shared/api/thread";
import {
  type AttachmentRules,
  type FileRefusal,
  isFileRefusal,
  refusalOf,
} from "@/lib/shared/attachment-rules";

/** Why a file is not taken: Mercado Libre's rules, or one more than a message may carry. */
export type ComposerRefusal = FileRefusal | "too_many";

/** A file beside the field. Each stands with its own fate: one refused file never hides another. */
export interface ComposerFile {
  /** Ours, for this tab. */
  localId: string;
  name: string;
  size: number;
  state: FileState;
}

export type FileState =
  | { kind: "checking" }
  | { kind: "refused"; refusal: ComposerRefusal }
  | { kind: "uploading"; share: number }
  | { kind: "failed"; problem: ApiProblem }
  | { kind: "ready"; file: FileView };

export interface FilePorts {
  sniff(file: File): Promise<string | null>;
  upload(
    file: File,
    o: { type: string; signal: AbortSignal; onProgress(share: number): void },
  ): Promise<FileView>;
  remove(file: FileView): void;
}

export interface ComposerFiles {
  list(): readonly ComposerFile[];
  ready(): FileView[];
  add(files: readonly File[], rules: AttachmentRules): void;
  retry(localId: string): void;
  /** Cancels an upload under way, or forgets the file. */
  remove(localId: string): void;
  /** Replaces all that is here by files that the server already holds. */
  reset(files: readonly FileView[]): void;
  /** Empties the list and hands over what was ready. */
  take(): FileView[];
  /** Resolves when nothing is being checked or uploaded any more. */
  settled(): Promise<void>;
}

/** The server looks into the file itself: what it refuses for good is not worth another try. */
function stateAfter(error: unknown): FileState {
  const reason = error instanceof ApiError ? error.detail.reason : null;
  return isFileRefusal(reason)
    ? { kind: "refused", refusal: reason }
    : { kind: "failed", problem: problemOf(error) };
}

const isOnItsWay = ({ state }: ComposerFile) => state.kind === "checking" || state.kind === "uploading";

/** Checks and uploads files as they are picked, all independent of each other. */
export function createComposerFiles(
  initial: readonly FileView[],
  ports: FilePorts,
  onChange: () => void,
): ComposerFiles {
  const entry = (file: FileView): ComposerFile => ({
    localId: file.id,
    name: file.name,
    size: file.size,
    state: { kind: "ready", file },
  });
  let list: readonly ComposerFile[] = initial.map(entry);
  const work = new Map<
    string,
    { source: File; rules: AttachmentRules; abort: AbortController; run: Promise<void> }
  >();

  function setList(next: readonly ComposerFile[]): void {
    list = next;
    onChange();
  }

  function setState(localId: string, state: FileState): void {
    setList(list.map((file) => (file.localId === localId ? { ...file, state } : file)));
  }

  async function run(
    localId: string,
    source: File,
    rules: AttachmentRules,
    signal: AbortSignal,
  ): Promise<void> {
    setState(localId, { kind: "checking" });
    try {
      const type = await ports.sniff(source);
      const refusal = refusalOf({ name: source.name, size: source.size, type: type ?? "" }, rules);
      if (signal.aborted) return;
      if (refusal !== null || type === null) {
        setState(localId, { kind: "refused", refusal: refusal ?? "type" });
        return;
      }
      setState(localId, { kind: "uploading", share: 0 });
      const onProgress = (share: number) => setState(localId, { kind: "uploading", share });
      const file = await ports.upload(source, { type, signal, onProgress });
      if (signal.aborted) ports.remove(file);
      else setState(localId, { kind: "ready", file });
    } catch (error) {
      if (!signal.aborted) setState(localId, stateAfter(error));
    }
  }

  function start(localId: string, source: File, rules: AttachmentRules): void {
    const abort = new AbortController();
    work.set(localId, { source, rules, abort, run: run(localId, source, rules, abort.signal) });
  }

  return {
    list: () => list,
    ready: () => list.flatMap(({ state }) => (state.kind === "ready" ? [state.file] : [])),
    add(files, rules) {
      for (const source of files) {
        const localId = crypto.randomUUID();
        const taken = list.filter(({ state }) => state.kind !== "refused").length;
        const isOver = taken >= rules.maxPerMessage;
        const state: FileState = isOver ? { kind: "refused", refusal: "too_many" } : { kind: "checking" };
        setList([...list, { localId, name: source.name, size: source.size, state }]);
        if (!isOver) start(localId, source, rules);
      }
    },
    retry(localId) {
      const known = work.get(localId);
      if (known) start(localId, known.source, known.rules);
    },
    remove(localId) {
      const file = list.find((other) => other.localId === localId);
      work.get(localId)?.abort.abort();
      work.delete(localId);
      if (file?.state.kind === "ready") ports.remove(file.state.file);
      setList(list.filter((other) => other.localId !== localId));
    },
    reset(files) {
      setList(files.map(entry));
    },
    take() {
      const files = list.flatMap(({ state }) => (state.kind === "ready" ? [state.file] : []));
      setList([]);
      return files;
    },
    async settled() {
      while (list.some(isOnItsWay)) await Promise.all([...work.values()].map((one) => one.run));
    },
  };
}
