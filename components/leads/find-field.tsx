"use client";

import Search from "lucide-react/icons/search";
import { useEffect, useRef } from "react";
import { cx } from "@/components/ui/cx";
import { FIELD } from "./field";

/** Letters settle for so long before the address follows them: browsers count how often it changes. */
const SETTLES_MS = 250;

/** A field that narrows a list while one types. What it starts with is the address's; from then on the field is ahead. */
export function FindField({
  label,
  first,
  onFind,
}: {
  label: string;
  first: string;
  onFind: (words: string) => void;
}) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The browser's own step back changes the address under the field.
  useEffect(() => {
    const { current } = field;
    if (current !== null && current !== document.activeElement) current.value = first;
  }, [first]);
  return (
    <label className="relative flex min-w-0 flex-1 basis-56 items-center">
      <span className="sr-only">{label}</span>
      <Search aria-hidden="true" className="pointer-events-none absolute left-2.5 size-4 text-ink-3" />
      <input
        ref={field}
        type="search"
        defaultValue={first}
        maxLength={80}
        placeholder={label}
        onChange={({ target }) => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onFind(target.value.trim()), SETTLES_MS);
        }}
        className={cx(FIELD, "w-full pl-8 placeholder:text-ink-3")}
      />
    </label>
  );
}
