import MailQuestionMark from "lucide-react/icons/mail-question-mark";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SoftLink } from "@/components/ui/soft-link";

/** An address that leads nowhere, or to what is not this user's: both look the same. */
export function NotFoundScreen() {
  const t = useTranslations("errors.page");
  return (
    <EmptyState
      level={1}
      icon={<MailQuestionMark />}
      title={t("notFoundTitle")}
      action={
        <SoftLink href="/inbox" className={buttonClass("primary")}>
          {t("toInbox")}
        </SoftLink>
      }
    >
      {t("notFoundBody")}
    </EmptyState>
  );
}
