"use client";

import MessageSquareDashed from "lucide-react/icons/message-square-dashed";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Kbd } from "@/components/ui/kbd";

/** The place of a conversation while none is open. */
export function NothingOpen({ onHelp }: { onHelp: () => void }) {
  const t = useTranslations("inbox");
  return (
    <section className="grid min-h-0 min-w-0 flex-1 place-items-center overflow-y-auto bg-pane max-md:hidden">
      <EmptyState
        icon={<MessageSquareDashed />}
        title={t("pick.title")}
        action={
          <Button variant="ghost" onClick={onHelp}>
            {t("help.open")} <Kbd>?</Kbd>
          </Button>
        }
      >
        <p>{t("pick.body")}</p>
        <p className="mt-1 text-ink-3 text-sm">{t("pick.keys")}</p>
      </EmptyState>
    </section>
  );
}
