import { describe, expect, it } from "vitest";
import type { DraftView, FileView } from "@/lib/shared/api/thread";
import {
  chooseDraft,
  type DraftEvent,
  type DraftState,
  isDirty,
  type LocalDraft,
  reduceDraft,
  startDraft,
} from "./draft-machine";

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 12, 0, second));
const file = (id: string): FileView => ({ id, name: `${id}.pdf`, type: "application/pdf", size: 1 });
const draft = (text: string, second: number | null, files: FileView[] = []): DraftView => ({
  text,
  files,
  updatedAt: second === null ? null : at(second),
});
const run = (state: DraftState, ...events: DraftEvent[]) => events.reduce(reduceDraft, state);
const offer = (
  view: DraftView,
  more: Partial<Extract<DraftEvent, { type: "offered" }>> = {},
): DraftEvent => ({
  type: "offered",
  draft: view,
  isTouched: false,
  lastReply: null,
  ...more,
});

describe("reduceDraft", () => {
  it("is dirty from the first key until exactly that content is saved", () => {
    const typed = run(startDraft(draft("", null)), { type: "typed", text: "a" }, { type: "save_started" });
    expect(isDirty(typed)).toBe(true);
    expect(isDirty(run(typed, { type: "save_done", at: at(1), content: { text: "a", files: [] } }))).toBe(
      false,
    );
    const further = run(
      typed,
      { type: "typed", text: "ab" },
      { type: "save_done", at: at(1), content: { text: "a", files: [] } },
    );
    expect([further.text, further.saved.text, isDirty(further)]).toEqual(["ab", "a", true]);
  });

  it("keeps what was typed when a save fails, and says that only this browser has it", () => {
    const failed = run(
      startDraft(draft("", null)),
      { type: "typed", text: "a" },
      { type: "save_started" },
      { type: "save_failed" },
    );
    expect(failed).toMatchObject({ text: "a", isOnlyLocal: true, saving: null });
    expect(
      run(
        failed,
        { type: "save_started" },
        { type: "save_done", at: at(2), content: { text: "a", files: [] } },
      ).isOnlyLocal,
    ).toBe(false);
  });

  it("takes a newer draft of another tab into an untouched field", () => {
    const state = run(startDraft(draft("viejo", 1)), offer(draft("nuevo", 2, [file("f")])));
    expect([state.text, state.files.length, isDirty(state)]).toEqual(["nuevo", 1, false]);
  });

  it.each([
    ["touched", startDraft(draft("viejo", 1)), offer(draft("nuevo", 2), { isTouched: true })],
    ["unsaved", run(startDraft(draft("viejo", 1)), { type: "typed", text: "mío" }), offer(draft("nuevo", 2))],
    ["newer", startDraft(draft("viejo", 3)), offer(draft("nuevo", 2))],
    ["being saved", run(startDraft(draft("viejo", 1)), { type: "save_started" }), offer(draft("nuevo", 2))],
  ] as const)("never replaces a field that is %s", (_why, state, event) => {
    expect(reduceDraft(state, event)).toBe(state);
  });

  it("empties the field when another tab sent its draft, but not on an answer older than our own save", () => {
    const saved = startDraft(draft("hola", 5));
    const reply = (second: number) => ({ lastReply: { text: "hola", createdAt: at(second) } });
    expect(run(saved, offer(draft("", null), reply(6))).text).toBe("");
    expect(run(saved, offer(draft("", null), reply(4))).text).toBe("hola");
    expect(run(saved, offer(draft("", null))).text).toBe("hola");
  });

  it.each([true, false])(
    "keeps words of its own that another tab did not send, to be saved anew",
    (isTouched) => {
      const own = run(
        startDraft(draft("hola", 1)),
        { type: "typed", text: "las mías" },
        { type: "save_started" },
        { type: "save_done", at: at(2), content: { text: "las mías", files: [] } },
      );
      const sent = (text: string) =>
        run(own, offer(draft("", null), { isTouched, lastReply: { text, createdAt: at(3) } }));
      expect([sent("hola").text, isDirty(sent("hola"))]).toEqual(["las mías", true]);
      expect(isDirty(sent("Son las mías."))).toBe(false);
      const theirs = run(own, offer(draft("las suyas", 3)));
      const gone = offer(draft("", null), { lastReply: { text: "hola", createdAt: at(4) } });
      expect(run(theirs, gone).text).toBe("");
    },
  );

  it("knows the server's draft until the reply that took it over is accepted", () => {
    const taken = run(startDraft(draft("hola", 1)), { type: "taken" });
    expect([taken.text, taken.saved.text]).toEqual(["", "hola"]);
    const next = run(taken, { type: "typed", text: "otra" }, { type: "sent" });
    expect([next.text, next.saved.text, isDirty(next)]).toEqual(["otra", "", true]);
  });
});

describe("chooseDraft", () => {
  const local = (text: string, basis: number | null, files: FileView[] = []) => ({
    text,
    files,
    basis: basis === null ? null : at(basis).toISOString(),
  });

  it("shows the server's draft when this browser holds none", () => {
    expect(chooseDraft(draft("a", 1), null, []).text).toBe("a");
  });

  it("brings back what only this browser holds when the server has not moved", () => {
    expect(chooseDraft(draft("a", 1), local("ab", 1), []).text).toBe("ab");
    expect(chooseDraft(draft("", null), local("ab", null), []).text).toBe("ab");
    expect(chooseDraft(draft("", null), local("ab", 1), []).text).toBe("ab");
  });

  it("keeps both texts and all files when both moved on", () => {
    const both = chooseDraft(
      draft("en la oficina", 2, [file("a")]),
      local("en el tren", 1, [file("a"), file("b")]),
      [],
    );
    expect(both.text).toBe("en la oficina\n\nen el tren");
    expect(both.files.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("does not repeat a text that the server already holds", () => {
    const longer = chooseDraft(draft("hola Ana, sale hoy", 2), local("hola Ana", 1), []);
    expect(longer.text).toBe("hola Ana, sale hoy");
  });

  it("does not repeat the beginning that a save without an answer brought to the server", () => {
    expect(chooseDraft(draft("hola", 2), local("hola Ana", 1), []).text).toBe("hola Ana");
  });

  it("brings back an emptied field as empty", () => {
    expect(chooseDraft(draft("a", 1), local("", 1), []).text).toBe("");
  });

  it("leaves out what was sent since it was kept, and nothing else", () => {
    const reply = (key: string, text: string, files: FileView[] = []) => ({ key, text, files });
    const replies = [reply("k1", "Hola"), reply("k2", "Sale hoy, Ana."), reply("k3", "Gracias")];
    const kept = (text: string, after: string | null, files: FileView[] = []) => ({
      ...local(text, null, files),
      after,
    });
    const shown = (one: LocalDraft) => chooseDraft(draft("", null), one, replies).text;
    expect(shown(kept("Sale hoy", "k1"))).toBe("");
    expect(shown(kept("Sale hoy", null))).toBe("");
    // The same words again, after the reply that had them.
    expect(shown(kept("Sale hoy", "k2"))).toBe("Sale hoy");
    expect(shown(kept("Sale mañana", "k1"))).toBe("Sale mañana");
    expect(shown(kept("", "k1"))).toBe("");
    // The one before it was taken back.
    expect(shown(kept("Gracias", "gone"))).toBe("");
    expect(shown(kept("Sale hoy", "gone"))).toBe("Sale hoy");
    // Its file has not left.
    expect(shown(kept("Gracias", "k1", [file("a")]))).toBe("Gracias");
    // What an earlier version of Buzón kept does not say.
    expect(shown(local("Sale hoy", null))).toBe("Sale hoy");
  });
});
