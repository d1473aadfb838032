import EyeOff from "lucide-react/icons/eye-off";
import LockKeyhole from "lucide-react/icons/lock-keyhole";
import MailCheck from "lucide-react/icons/mail-check";
import Server from "lucide-react/icons/server";
import { useTranslations } from "next-intl";

const POINTS = [
  { key: "read", Icon: EyeOff },
  { key: "once", Icon: MailCheck },
  { key: "blocked", Icon: LockKeyhole },
  { key: "yours", Icon: Server },
] as const;

/** What Buzón holds itself to, before anybody has signed in. */
export function Promises() {
  const t = useTranslations("signin.points");
  return (
    <ul className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
      {POINTS.map(({ key, Icon }) => (
        <li key={key} className="flex gap-3">
          <span className="mt-0.5 inline-flex size-9 shrink-0 items-center justify-center rounded-2 border border-line bg-pane text-accent">
            <Icon aria-hidden="true" className="size-[1.125rem]" />
          </span>
          <div>
            <h2 className="font-semibold text-ink text-md">{t(`${key}.title`)}</h2>
            <p className="text-ink-2 text-sm">{t(`${key}.body`)}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
