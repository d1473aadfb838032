import {
  type DraftContent,
  type DraftEvent,
  type DraftState,
  isDirty,
  type LocalDraft,
  reduceDraft,
} from "@/lib/client/draft-machine";

/** Wait for a pause in typing, but never longer than this after the first unsaved key. */
const PAUSE_MS = 300;
const LONGEST_WAIT_MS = 450;
const AGAIN_MS = 5_000;

/** After these there may be something to save: also when another tab sent other words, and what stands here is no draft any more. */
const TO_SAVE: ReadonlySet<DraftEvent["type"]> = new Set(["typed", "files_changed", "restored", "offered"]);

export interface DraftPorts {
  /** Saves on the server. `isLeaving`: the page may be gone before the answer. */
  save(content: DraftContent, isLeaving: boolean): Promise<{ updatedAt: Date }>;
  keepLocal(draft: LocalDraft): void;
  dropLocal(): void;
}

export interface DraftSaver {
  state(): DraftState;
  apply(event: DraftEvent): void;
  /** Saves now what is unsaved. */
  flush(isLeaving: boolean): void;
  /** Keeps what is unsaved in this browser: for the moment the session ends. */
  keep(): void;
  /** Resolves when no save is on its way, and starts no further one until `resume`: a reply takes the text over. */
  pause(): Promise<void>;
  resume(): void;
}

/** Saves one draft soon after it changes, one save at a time, and keeps it in the browser until the server has it. */
export function createDraftSaver(initial: DraftState, ports: DraftPorts, onChange: () => void): DraftSaver {
  let state = initial;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let firstUnsavedAt: number | null = null;
  let inFlight: Promise<void> | null = null;
  let isPaused = false;

  function apply(event: DraftEvent): void {
    const next = reduceDraft(state, event);
    if (next === state) return;
    state = next;
    onChange();
    if (event.type === "sent") {
      stopTimer();
      ports.dropLocal();
    } else if (TO_SAVE.has(event.type)) schedule();
  }

  function stopTimer(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    firstUnsavedAt = null;
  }

  function schedule(delay = PAUSE_MS): void {
    if (isPaused || (!isDirty(state) && state.saving === null)) {
      stopTimer();
      return;
    }
    const now = Date.now();
    firstUnsavedAt ??= now;
    const wait =
      delay > PAUSE_MS ? delay : Math.min(delay, Math.max(0, firstUnsavedAt + LONGEST_WAIT_MS - now));
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => save(false), wait);
  }

  function save(isLeaving: boolean): void {
    if (isPaused) return;
    if (inFlight !== null && !isLeaving) return; // its end schedules the next one
    stopTimer();
    if (!isDirty(state)) return;
    // The page may be gone, or the server, before the answer.
    keep();
    apply({ type: "save_started" });
    const { text, files } = state;
    const run = ports.save({ text, files }, isLeaving).then(
      ({ updatedAt }) => {
        apply({ type: "save_done", at: updatedAt, content: { text, files } });
        // What was typed meanwhile is kept over what the server has now.
        if (isDirty(state)) keep();
        else ports.dropLocal();
      },
      () => {
        apply({ type: "save_failed" });
        keep();
      },
    );
    inFlight = run.finally(() => {
      inFlight = null;
      if (isDirty(state) && !isPaused) schedule(state.isOnlyLocal ? AGAIN_MS : PAUSE_MS);
    });
  }

  function keep(): void {
    if (!isDirty(state)) return;
    ports.keepLocal({
      text: state.text,
      files: [...state.files],
      basis: state.savedAt?.toISOString() ?? null,
    });
  }

  return {
    state: () => state,
    apply,
    flush: save,
    keep,
    async pause() {
      isPaused = true;
      stopTimer();
      await inFlight;
    },
    resume() {
      isPaused = false;
      if (isDirty(state)) schedule();
    },
  };
}
