/** What a key press asks for. */
export type Shortcut =
  | "next"
  | "previous"
  | "open"
  | "back"
  | "leave_field"
  | "compose"
  | "send"
  | "send_next"
  | "help";

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Where the press happened. */
export interface PressContext {
  /** In a field where people type. */
  isTyping: boolean;
  /** In an open dialog: it has its own keys. */
  isInDialog: boolean;
  /** On a link, button or other control that acts on Enter by itself. */
  isOnControl: boolean;
}

/** What a key press means, or null. While typing only Ctrl+Enter (Cmd+Enter), with Shift too, and Escape mean anything. */
export function shortcutOf(press: KeyPress, context: PressContext): Shortcut | null {
  if (context.isInDialog || press.altKey) return null;
  const isCommand = press.ctrlKey || press.metaKey;
  if (context.isTyping) {
    if (press.key === "Enter" && isCommand) return press.shiftKey ? "send_next" : "send";
    return press.key === "Escape" && !isCommand ? "leave_field" : null;
  }
  if (isCommand) return null;
  switch (press.key) {
    case "j":
    case "J":
      return "next";
    case "k":
    case "K":
      return "previous";
    case "r":
    case "R":
      return "compose";
    case "?":
      return "help";
    case "Escape":
      return "back";
    case "Enter":
      return context.isOnControl ? null : "open";
    default:
      return null;
  }
}

/** The context of a press on an element of this page. */
export function contextOf(target: EventTarget | null): PressContext {
  if (!(target instanceof Element)) return { isTyping: false, isInDialog: false, isOnControl: false };
  const typing =
    "input:not([type=button], [type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable=true]";
  return {
    isTyping: target.closest(typing) !== null,
    isInDialog: document.querySelector("dialog[open]") !== null,
    isOnControl: target.closest("a[href], button, summary, input, label") !== null,
  };
}
