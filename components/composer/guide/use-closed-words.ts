import { useTranslations } from "next-intl";
import { useReasonWords } from "@/components/thread/use-reason-words";
import { reasonOf } from "@/lib/shared/view/reasons";

/** Says why a conversation cannot be begun, and what to do: a substatus, or a code of the action guide's. */
export function useClosedWords(): (reason: string) => string {
  const t = useTranslations("guide.closed");
  const blocks = useTranslations("blocks.meaning");
  const wordsOf = useReasonWords();
  return (code) => {
    if (code === "guide_gone") return t("gone");
    const reason = reasonOf(code);
    if (reason?.kind === "blocked") {
      return `${t("blocked", { title: blocks(`${reason.meaning}.title`) })} ${blocks(`${reason.meaning}.now`)}`;
    }
    const words = reason?.kind === "code" ? t("unknown", { code }) : (wordsOf(code) ?? "");
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  };
}
