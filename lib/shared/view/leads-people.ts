import type { InfiniteData } from "@tanstack/react-query";
import type { LeadRow, LeadsPage } from "@/lib/shared/api/leads";

/** A number as a telephone dials it, with the plus of a country. Null: there is nothing to dial. Pure. */
export function dialable(phone: string | null): string | null {
  const digits = (phone ?? "").replace(/[^\d+]/g, "").replace(/(?!^)\+/g, "");
  return digits.replace("+", "").length >= 5 ? digits : null;
}

/** All rows that were read, each once: a lead that came meanwhile moves the others, and one may be on two pages. Pure. */
export function rowsOf({ pages }: Pick<InfiniteData<LeadsPage>, "pages">): LeadRow[] {
  const rows = pages.flatMap((page) => page.rows).map((row) => [`${row.accountId} ${row.id}`, row] as const);
  return [...new Map(rows).values()];
}

/** Where a lead's question is, and whether it waits for the seller. Null: it is of no question. A question that was not read
 *  yet is known by its id alone (questions-and-contacts.md 4.2). Pure. */
export function questionOf({
  accountId,
  questionId,
  question,
}: Pick<LeadRow, "accountId" | "questionId" | "question">): {
  id: string;
  href: string;
  isUnanswered: boolean | null;
} | null {
  const id = question?.address ?? questionId;
  if (id === null || !/^\d{1,20}$/.test(id)) return null;
  return {
    id,
    href: `/inbox/questions/${id}?account=${accountId}`,
    isUnanswered: question?.isUnanswered ?? null,
  };
}

/** The choices of a filter: those there are, and the one that is chosen though there is none of it. Pure. */
export function choicesOf(
  counts: LeadsPage["counts"],
  chosen: string | null,
): { type: string | null; count: number }[] {
  if (counts === null) return [];
  const known = counts.types.filter(({ count, type }) => count > 0 || type === chosen);
  const missing = chosen !== null && !known.some(({ type }) => type === chosen);
  return [{ type: null, count: counts.all }, ...known, ...(missing ? [{ type: chosen, count: 0 }] : [])];
}
