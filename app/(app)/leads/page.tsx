import ContactRound from "lucide-react/icons/contact-round";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { signedIn } from "@/app/signed-in";
import { EmptyState } from "@/components/ui/empty-state";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell"))("leadsTitle") };
}

export default async function LeadsPage() {
  await signedIn();
  return <Leads />;
}

function Leads() {
  const t = useTranslations("shell");
  return (
    <div className="grid min-h-full place-items-center">
      <EmptyState level={1} icon={<ContactRound />} title={t("leadsTitle")}>
        {t("leadsBody")}
      </EmptyState>
    </div>
  );
}
