import { useTranslations } from "next-intl";
import { reasonOf } from "@/lib/shared/view/reasons";

/** Puts a reason of our API into words: a function, because one line may need several. Null stays null. */
export function useReasonWords(): (code: string | null) => string | null {
  const t = useTranslations("thread.reason");
  const blocks = useTranslations("blocks.meaning");
  const errors = useTranslations("errors");
  return (code) => {
    const reason = reasonOf(code);
    switch (reason?.kind) {
      case undefined:
        return null;
      case "moderation":
      case "text":
        return t(reason.reason);
      case "blocked":
        return t("blocked", { title: blocks(`${reason.meaning}.title`) });
      case "error":
        return errors(reason.code);
      case "code":
        return t("unknown", { code: reason.code });
    }
  };
}
