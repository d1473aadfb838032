import { describe, expect, it } from "vitest";
import { type KeyPress, type PressContext, shortcutOf } from "./shortcuts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const PAGE: PressContext = { isTyping: false, isInDialog: false, isOnControl: false };
const FIELD: PressContext = { ...PAGE, isTyping: true };

describe("shortcutOf", () => {
  it.each([
    ["j", "next"],
    ["K", "previous"],
    ["Enter", "open"],
    ["r", "compose"],
    ["?", "help"],
    ["Escape", "back"],
    ["x", null],
  ])("takes %s on the page for %s", (key, shortcut) => {
    expect(shortcutOf(press(key), PAGE)).toBe(shortcut);
  });

  it("takes no letter while somebody types", () => {
    for (const key of ["j", "k", "r", "?", "Enter"]) expect(shortcutOf(press(key), FIELD)).toBeNull();
  });

  it("sends with Ctrl or Cmd and Enter, in a field only", () => {
    expect(shortcutOf(press("Enter", { ctrlKey: true }), FIELD)).toBe("send");
    expect(shortcutOf(press("Enter", { metaKey: true }), FIELD)).toBe("send");
    expect(shortcutOf(press("Enter", { ctrlKey: true }), PAGE)).toBeNull();
  });

  it("sends and moves on with Shift held too", () => {
    expect(shortcutOf(press("Enter", { ctrlKey: true, shiftKey: true }), FIELD)).toBe("send_next");
    expect(shortcutOf(press("Enter", { metaKey: true, shiftKey: true }), FIELD)).toBe("send_next");
    expect(shortcutOf(press("Enter", { shiftKey: true }), FIELD)).toBeNull();
  });

  it("leaves the field with Escape before it leaves the conversation", () => {
    expect(shortcutOf(press("Escape"), FIELD)).toBe("leave_field");
  });

  it("leaves the browser's own combinations alone", () => {
    expect(shortcutOf(press("r", { ctrlKey: true }), PAGE)).toBeNull();
    expect(shortcutOf(press("k", { metaKey: true }), PAGE)).toBeNull();
    expect(shortcutOf(press("j", { altKey: true }), PAGE)).toBeNull();
  });

  it("lets a link or a button have its own Enter, and a dialog all its keys", () => {
    expect(shortcutOf(press("Enter"), { ...PAGE, isOnControl: true })).toBeNull();
    expect(shortcutOf(press("j"), { ...PAGE, isOnControl: true })).toBe("next");
    for (const key of ["j", "Escape", "?"])
      expect(shortcutOf(press(key), { ...PAGE, isInDialog: true })).toBeNull();
  });
});
