import type { Question } from "@/sandbox/questions/model";
import { badRequest } from "@/sandbox/questions/refuse";

/** questions-and-contacts.md 1.1, `available_sorts` */
export const SORTS = ["item_id", "from_id", "date_created", "seller_id"] as const;

type Sort = (typeof SORTS)[number];

interface Order {
  compare: (a: Question, b: Question) => number;
  /** As `filters.sorts` shows it. */
  sorts: string[];
}

/** `sort_fields` and `sort_types`, lists side by side; newest first when nothing is said. A parameter named `sort` is
 *  undocumented and changes nothing (questions-and-contacts.md 1.1). @throws Refusal 400 */
export function orderOf(query: Record<string, string>): Order {
  const types = (query.sort_types ?? "ASC").split(",").map((type) => type.trim().toUpperCase());
  const sorts = query.sort_fields
    ? query.sort_fields.split(",").map((text, index) => readSort(text.trim(), types[index] ?? types[0] ?? ""))
    : [];
  const used = sorts.length > 0 ? sorts : [{ field: "date_created" as const, sign: -1 }];
  return {
    sorts: sorts.map(({ field, sign }) => `${field}_${sign > 0 ? "asc" : "desc"}`),
    compare: (a, b) => {
      for (const { field, sign } of used) {
        const way = sign * compareBy(field, a, b);
        if (way !== 0) return way;
      }
      return Number(b.id) - Number(a.id);
    },
  };
}

function readSort(text: string, type: string): { field: Sort; sign: number } {
  const field = SORTS.find((one) => one === text);
  if (!field) throw badRequest(`Invalid sort field: ${text}`);
  if (type !== "ASC" && type !== "DESC") throw badRequest(`Invalid sort type: ${type}`);
  return { field, sign: type === "ASC" ? 1 : -1 };
}

function compareBy(field: Sort, a: Question, b: Question): number {
  if (field === "date_created") return a.createdAt.getTime() - b.createdAt.getTime();
  if (field === "from_id") return Number(a.buyer.id) - Number(b.buyer.id);
  if (field === "seller_id") return Number(a.localSellerId) - Number(b.localSellerId);
  return a.item.id < b.item.id ? -1 : Number(a.item.id > b.item.id);
}
