import Bookmark from "lucide-react/icons/bookmark";
import CalendarCheck from "lucide-react/icons/calendar-check";
import CalendarClock from "lucide-react/icons/calendar-clock";
import CircleQuestionMark from "lucide-react/icons/circle-question-mark";
import CreditCard from "lucide-react/icons/credit-card";
import FileText from "lucide-react/icons/file-text";
import MessageCircle from "lucide-react/icons/message-circle";
import PhoneCall from "lucide-react/icons/phone-call";
import UserRoundPlus from "lucide-react/icons/user-round-plus";
import UsersRound from "lucide-react/icons/users-round";
import { isKnownLeadType, type KnownLeadType } from "@/lib/shared/api/leads";

const ICON: Readonly<Record<KnownLeadType, typeof Bookmark>> = {
  whatsapp: MessageCircle,
  question: CircleQuestionMark,
  call: PhoneCall,
  credit: CreditCard,
  contact_request: UserRoundPlus,
  reservation: Bookmark,
  quotation: FileText,
  schedule: CalendarCheck,
  visit_request: CalendarClock,
};

/** The small square that stands for a kind of lead. */
export function TypeIcon({ type }: { type: string }) {
  const Icon = isKnownLeadType(type) ? ICON[type] : UsersRound;
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-2 border border-line bg-pane-2 text-ink-2"
    >
      <Icon className="size-4" />
    </span>
  );
}
