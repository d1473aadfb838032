/** The look of a field in which one types or picks. At least 44 px high on a phone. */
export const FIELD =
  "h-9 min-w-0 rounded-1 border border-line-strong bg-pane px-2.5 text-ink text-md max-md:h-11 max-md:text-lg";
