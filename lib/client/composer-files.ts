import { ApiError, type ApiProblem, problemOf } from "@/lib/client/api-error";
import { withPatience } from "@/lib/client/with-patience";
import type { FileView } from "@/lib/shared/api/thread";
import {
  type AttachmentRules,
  type FileRefusal,
  isFileRefusal,
  refusalOf,
} from "@/lib/shared/attachment-rules";
import { repairedName, wireName } from "@/lib/shared/files/wire-name";

/** Why a file is not taken: Mercado Libre's rules, one more than a message may carry, or a picture of an iPhone's that this
 *  browser cannot turn into what the rules allow. */
export type ComposerRefusal = FileRefusal | "too_many" | "heic";

/** A file beside the field. Each stands with its own fate: one refused file never hides another. */
export interface ComposerFile {
  /** Ours, for this tab. */
  localId: string;
  /** As it was picked. */
  name: string;
  size: number;
  /** What the buyer gets in its place, when that differs. */
  change: FileChange | null;
  state: FileState;
}

/** `name`: under which it leaves. */
export type FileChange = { kind: "renamed" | "converted"; name: string };

export type FileState =
  | { kind: "checking" }
  | { kind: "refused"; refusal: ComposerRefusal }
  | { kind: "uploading"; share: number }
  | { kind: "failed"; problem: ApiProblem }
  | { kind: "ready"; file: FileView };

export interface FilePorts {
  sniff(file: File): Promise<string | null>;
  /** The same picture as a JPG; null when this browser cannot read it. */
  toJpeg(file: File): Promise<File | null>;
  upload(
    file: File,
    o: { type: string; signal: AbortSignal; onProgress(share: number): void },
  ): Promise<FileView>;
  remove(file: FileView): void;
  wait(ms: number): Promise<void>;
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

/** Pictures that Mercado Libre takes nowhere, or not in every country, and that may leave as a JPG. */
const CONVERTIBLE: readonly string[] = ["image/heic", "image/heif", "image/webp", "image/gif", "image/avif"];

type Ready =
  | { kind: "refused"; refusal: ComposerRefusal }
  | { kind: "ready"; file: File; type: string; change: FileChange | null };

/** What of a picked file can leave: turned into a JPG where it must be, under a name that Mercado Libre takes. */
async function madeReady(source: File, rules: AttachmentRules, ports: FilePorts): Promise<Ready> {
  const found = await ports.sniff(source);
  const mustChange = found !== null && CONVERTIBLE.includes(found) && !rules.types.includes(found);
  const jpeg = mustChange ? await ports.toJpeg(source) : null;
  if (mustChange && jpeg === null) {
    return { kind: "refused", refusal: /hei[cf]$/.test(found) ? "heic" : "type" };
  }
  const [taken, type] = jpeg === null ? [source, found] : [jpeg, "image/jpeg"];
  const name = repairedName(taken.name);
  const refusal = refusalOf({ name, size: taken.size, type: type ?? "" }, rules);
  if (refusal !== null || type === null) return { kind: "refused", refusal: refusal ?? "type" };
  const file = name === taken.name ? taken : new File([taken], name, { type });
  return { kind: "ready", file, type, change: changeOf(source.name, name, type, jpeg !== null) };
}

function changeOf(picked: string, name: string, type: string, isConverted: boolean): FileChange | null {
  const leaves = wireName(name, type);
  if (isConverted) return { kind: "converted", name: leaves };
  return leaves === picked ? null : { kind: "renamed", name: leaves };
}

const isOnItsWay = ({ state }: ComposerFile) => state.kind === "checking" || state.kind === "uploading";

/** How many of these count towards what one message carries. */
export const takenOf = (list: readonly ComposerFile[]): number =>
  list.filter(({ state }) => state.kind !== "refused").length;

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
    change: changeOf(file.name, file.name, file.type, false),
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

  function setState(localId: string, state: FileState, change?: FileChange | null): void {
    const edit = change === undefined ? { state } : { state, change };
    setList(list.map((file) => (file.localId === localId ? { ...file, ...edit } : file)));
  }

  async function run(
    localId: string,
    source: File,
    rules: AttachmentRules,
    signal: AbortSignal,
  ): Promise<void> {
    setState(localId, { kind: "checking" });
    try {
      const ready = await madeReady(source, rules, ports);
      if (signal.aborted) return;
      if (ready.kind === "refused") return setState(localId, ready);
      const { type, change } = ready;
      setState(localId, { kind: "uploading", share: 0 }, change);
      const onProgress = (share: number) => setState(localId, { kind: "uploading", share });
      const send = () => ports.upload(ready.file, { type, signal, onProgress });
      const file = await withPatience(send, (ms) => (signal.aborted ? null : ports.wait(ms)));
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
        const isOver = takenOf(list) >= rules.maxPerMessage;
        const state: FileState = isOver ? { kind: "refused", refusal: "too_many" } : { kind: "checking" };
        setList([...list, { localId, name: source.name, size: source.size, change: null, state }]);
        if (isOver)
          work.set(localId, { source, rules, abort: new AbortController(), run: Promise.resolve() });
        else start(localId, source, rules);
      }
    },
    retry(localId) {
      const known = work.get(localId);
      const file = list.find((other) => other.localId === localId);
      if (known === undefined || file === undefined || isOnItsWay(file)) return;
      if (file.state.kind === "refused" && takenOf(list) >= known.rules.maxPerMessage) return;
      start(localId, known.source, known.rules);
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
