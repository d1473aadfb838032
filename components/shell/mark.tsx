/** Buzón's mark: a letter box with its flap. Decoration: the name stands beside it or names the link around it. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false" className={className} fill="none">
      <path
        d="M4 14.5A6.5 6.5 0 0 1 10.5 8h11a6.5 6.5 0 0 1 6.5 6.5V23a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinejoin="round"
      />
      <path d="M10.5 8a6.5 6.5 0 0 1 6.5 6.5V25" stroke="currentColor" strokeWidth="2.5" />
      <path d="M8.5 15.5h4M22.5 12.5v6" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  );
}
