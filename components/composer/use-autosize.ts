import { type RefObject, useEffect } from "react";

/** Grows a field with its text where the browser does not do it by itself (`field-sizing`). Its CSS sets the limits. */
export function useAutosize(ref: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useEffect(() => {
    const field = ref.current;
    if (!field || field.value !== text || CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }, [ref, text]);
}
