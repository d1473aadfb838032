import type { GuideChoice } from "@/lib/shared/api/thread";

/** Does Mercado Libre write the text of this message (messages.md 3.1)? */
export function isTemplate(choice: GuideChoice | null): boolean {
  return choice !== null && choice.templateId !== null;
}
