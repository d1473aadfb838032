import { type ReactNode, useId } from "react";

export const FIELD =
  "block w-full rounded-1 border border-line-strong bg-pane px-3 py-2 text-md outline-offset-1 max-md:text-lg disabled:opacity-55";

/** A labelled field of a question, with a hint under its name. */
export function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: (props: { id: string; "aria-describedby"?: string }) => ReactNode;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      {children({ id, ...(hint === undefined ? {} : { "aria-describedby": `${id}hint` }) })}
      {hint !== undefined && (
        <p id={`${id}hint`} className="mt-0.5 text-ink-3 text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}
