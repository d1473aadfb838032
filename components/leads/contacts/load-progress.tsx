import { useTranslations } from "next-intl";
import type { ContactsView } from "@/lib/shared/api/leads";

/** How far the reading of listings is. What is read already is on the screen below. */
export function LoadProgress({ progress }: { progress: NonNullable<ContactsView["progress"]> }) {
  const t = useTranslations("leads.progress");
  const { done, total } = progress;
  // How many there are is not known at first.
  const title = total === 0 ? t("first") : t("title", { done, total });
  return (
    <div className="rounded-2 border border-line bg-pane px-4 py-3">
      <p className="font-semibold">{title}</p>
      <p className="text-ink-2 text-sm">{t("body")}</p>
      <progress
        className="sync-bar"
        aria-label={title}
        value={Math.min(done, total)}
        max={Math.max(total, 1)}
      />
    </div>
  );
}
