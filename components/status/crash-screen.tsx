"use client";

import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A page that failed to draw: what is safe, what to do, and the code that finds it in the log. */
export function CrashScreen({ code, onRetry }: { code: string | null; onRetry: () => void }) {
  const t = useTranslations("errors.page");
  return (
    <div className="grid min-h-full place-items-center p-4" role="alert">
      <EmptyState
        level={1}
        icon={<TriangleAlert />}
        title={t("crashTitle")}
        action={
          <Button variant="primary" onClick={onRetry}>
            {t("again")}
          </Button>
        }
      >
        <p>{t("crashBody")}</p>
        {code !== null && <p className="mt-2 font-mono text-ink-3 text-xs">{code}</p>}
      </EmptyState>
    </div>
  );
}
