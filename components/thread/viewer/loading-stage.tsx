import { Spinner } from "@/components/ui/spinner";

/** A file on its way: told at once to who does not see, shown only when it takes long enough to be noticed. */
export function LoadingStage({ label }: { label: string }) {
  return (
    <div className="viewer-stage grid place-items-center text-ink-2 text-sm">
      <p role="status" className="viewer-wait flex items-center gap-2">
        <Spinner /> {label}
      </p>
    </div>
  );
}
