import { useTranslations } from "next-intl";
import type { OutboxView } from "@/lib/shared/api/thread";
import { readFileReason } from "@/lib/shared/files/file-reason";

/** Which file of a reply Mercado Libre did not take, and why, in words. Null: its reason is another. */
export function useFileFault({
  reason,
  files,
}: Pick<OutboxView, "reason" | "files">): { fileId: string; words: string } | null {
  const t = useTranslations("files.sent");
  const found = readFileReason(reason);
  const file = files.find(({ id }) => id === found?.fileId);
  if (found === null || file === undefined) return null;
  return { fileId: file.id, words: t(found.fault, { name: file.name }) };
}
