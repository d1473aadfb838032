/** Replaces all the text of a field as if it had been typed over: one step of the browser's own undo, and `input` is
 *  told. `execCommand` is deprecated and still the only way that keeps the undo history; whatever sets `value` erases it.
 *  @returns false where the browser would not do it: the field is as it was. */
export function replaceText(field: HTMLTextAreaElement, text: string, caret: number): boolean {
  const before = field.value;
  field.focus({ preventScroll: true });
  field.select();
  const isDone =
    text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (!isDone || field.value !== text) {
    field.setSelectionRange(before.length, before.length);
    return false;
  }
  field.setSelectionRange(caret, caret);
  return true;
}
