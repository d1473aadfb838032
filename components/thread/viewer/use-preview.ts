import { useEffect, useState } from "react";
import { fetchPreview, type Previewed, type ShownFile } from "@/lib/client/preview";

export interface Preview {
  /** Null: on its way. */
  shown: Previewed | null;
  again(): void;
}

/** What can be looked at of a file, fetched when it is first needed and let go with the last look. */
export function usePreview(file: ShownFile): Preview {
  const { href, name, type, size } = file;
  const [attempt, setAttempt] = useState(0);
  const [found, setFound] = useState<{ href: string; shown: Previewed } | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    let url: string | null = null;
    setFound(null);
    fetchPreview({ href, name, type, size }, attempt > 0, abort.signal).then(
      (shown) => {
        if (shown.kind === "image") url = shown.url;
        if (abort.signal.aborted) return url === null ? undefined : URL.revokeObjectURL(url);
        setFound({ href, shown });
      },
      () => undefined,
    );
    return () => {
      abort.abort();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [href, name, type, size, attempt]);
  return {
    shown: found?.href === href ? found.shown : null,
    again: () => setAttempt((times) => times + 1),
  };
}
