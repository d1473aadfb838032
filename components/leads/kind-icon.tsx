import CircleQuestionMark from "lucide-react/icons/circle-question-mark";
import MessageCircle from "lucide-react/icons/message-circle";
import Phone from "lucide-react/icons/phone";
import type { ContactKind } from "@/lib/shared/api/leads";

const ICON = { questions: CircleQuestionMark, phone_views: Phone, whatsapp: MessageCircle } as const;

/** The small square that stands for a kind of contact. */
export function KindIcon({ kind }: { kind: ContactKind }) {
  const Icon = ICON[kind];
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-7 shrink-0 items-center justify-center rounded-1 border border-line bg-pane-2 text-ink-2"
    >
      <Icon className="size-4" />
    </span>
  );
}
