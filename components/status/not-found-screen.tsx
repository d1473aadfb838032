import MailQuestionMark from "lucide-react/icons/mail-question-mark";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** An address that leads nowhere, or to what is not this user's: both look the same. */
export function NotFoundScreen() {
  const t = useTranslations("errors.page");
  return (
    <EmptyState
      level={1}
      icon={<MailQuestionMark />}
      title={t("notFoundTitle")}
      action={
        <Link href="/inbox" className={buttonClass("primary")}>
          {t("toInbox")}
        </Link>
      }
    >
      {t("notFoundBody")}
    </EmptyState>
  );
}
