import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { SigninProblem } from "./problems";

/** Why Mercado Libre's consent came back without an account: what happened, what is safe, how to go on. */
export function ProblemNotice({ problem }: { problem: SigninProblem }) {
  const t = useTranslations("signin.problem");
  const isServersFault = problem === "meli_down" || problem === "config" || problem === "unknown";
  return (
    <Notice
      tone={isServersFault ? "due" : "soon"}
      role="alert"
      icon={<TriangleAlert />}
      title={t(`${problem}.title`)}
    >
      {t(`${problem}.body`)}
    </Notice>
  );
}
