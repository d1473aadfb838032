import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type DraftContent, type LocalDraft, startDraft } from "./draft-machine";
import { createDraftSaver } from "./draft-saver";

/** A server that answers when told to, and a browser's storage. */
function scene() {
  const saves: { content: DraftContent; isLeaving: boolean; answer: (ok: boolean) => Promise<void> }[] = [];
  let local: LocalDraft | null = null;
  const saver = createDraftSaver(
    startDraft({ text: "", files: [], updatedAt: null }),
    {
      save: (content, isLeaving) =>
        new Promise((resolve, reject) => {
          const answer = async (ok: boolean) => {
            if (ok) resolve({ updatedAt: new Date() });
            else reject(new Error("no answer"));
            await vi.advanceTimersByTimeAsync(0);
          };
          saves.push({ content, isLeaving, answer });
        }),
      keepLocal: (draft) => {
        local = draft;
      },
      dropLocal: () => {
        local = null;
      },
    },
    () => undefined,
  );
  return { saver, saves, local: () => local, type: (text: string) => saver.apply({ type: "typed", text }) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("createDraftSaver", () => {
  it("saves within 500 ms of the first key, also while somebody keeps typing", async () => {
    const { saves, type } = scene();
    for (let typed = 1; typed <= 5; typed += 1) {
      type("x".repeat(typed));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(saves.map(({ content }) => content.text)).toEqual(["xxxxx"]);
  });

  it("waits for a pause when there is one", async () => {
    const { saves, type } = scene();
    type("a");
    await vi.advanceTimersByTimeAsync(299);
    expect(saves).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(saves).toHaveLength(1);
  });

  it("never has two saves on their way, and saves the newest after the first", async () => {
    const { saves, type } = scene();
    type("a");
    await vi.advanceTimersByTimeAsync(300);
    type("ab");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(saves).toHaveLength(1);
    await saves[0]?.answer(true);
    await vi.advanceTimersByTimeAsync(300);
    expect(saves.map(({ content }) => content.text)).toEqual(["a", "ab"]);
  });

  it("keeps a copy in the browser from before it asks until the server has it, and tries again", async () => {
    const { saves, local, type } = scene();
    type("a");
    await vi.advanceTimersByTimeAsync(300);
    expect(local()).toEqual({ text: "a", files: [], basis: null });
    await saves[0]?.answer(false);
    expect(local()).toEqual({ text: "a", files: [], basis: null });
    await vi.advanceTimersByTimeAsync(5_000);
    await saves[1]?.answer(true);
    expect(local()).toBeNull();
  });

  it("keeps what was typed while a save was on its way, over what the server has now", async () => {
    const { saves, local, type } = scene();
    type("a");
    await vi.advanceTimersByTimeAsync(300);
    type("ab");
    await saves[0]?.answer(true);
    expect(local()).toEqual({ text: "ab", files: [], basis: new Date().toISOString() });
    await vi.advanceTimersByTimeAsync(300);
    await saves[1]?.answer(true);
    expect(local()).toBeNull();
  });

  it("saves at once when the page is left, in a way that outlives it, and keeps what nobody may be there to answer", () => {
    const { saver, saves, local, type } = scene();
    type("a");
    saver.flush(true);
    expect(saves).toMatchObject([{ content: { text: "a" }, isLeaving: true }]);
    expect(local()).toMatchObject({ text: "a" });
  });

  it("keeps what a page that was left and came back could not save beside an earlier save", async () => {
    const { saver, saves, local, type } = scene();
    type("a");
    await vi.advanceTimersByTimeAsync(300);
    type("ab");
    saver.flush(true);
    await saves[0]?.answer(true);
    expect(local()).toMatchObject({ text: "ab" });
    await saves[1]?.answer(false);
    expect([local()?.text, saver.state().isOnlyLocal]).toEqual(["ab", true]);
    await vi.advanceTimersByTimeAsync(5_000);
    await saves[2]?.answer(true);
    expect([saves[2]?.content.text, local()]).toEqual(["ab", null]);
  });

  it("has nothing to save on leaving when nothing changed", () => {
    const { saver, saves } = scene();
    saver.flush(true);
    expect(saves).toHaveLength(0);
  });

  it("saves nothing while a reply takes the text over, and goes on afterwards", async () => {
    const { saver, saves, type } = scene();
    type("a");
    await vi.advanceTimersByTimeAsync(300);
    let isPaused = false;
    void saver.pause().then(() => {
      isPaused = true;
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(isPaused).toBe(false);
    await saves[0]?.answer(true);
    expect(isPaused).toBe(true);
    type("b");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(saves).toHaveLength(1);
    saver.resume();
    await vi.advanceTimersByTimeAsync(300);
    expect(saves).toHaveLength(2);
  });
});
