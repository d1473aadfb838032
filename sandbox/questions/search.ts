import type { Profile } from "@/sandbox/messages/refuse";
import type { Question } from "@/sandbox/questions/model";
import { QUESTION_STATUSES } from "@/sandbox/questions/model";
import { badRequest } from "@/sandbox/questions/refuse";
import { scanPage, startScan } from "@/sandbox/questions/scan";
import { readFilters } from "@/sandbox/questions/search-filters";
import { orderOf, SORTS } from "@/sandbox/questions/search-order";
import { settleQuestion } from "@/sandbox/questions/time";
import { wireQuestion } from "@/sandbox/questions/wire";
import type { ApiContext } from "@/sandbox/world/guard";
import type { World } from "@/sandbox/world/world";

const MAX_OFFSET = 1_000;

/** The searches of both profiles: `total` and `limit` at the root, no `paging` (questions-and-contacts.md 1.1, 3).
 *  @throws Refusal 400 or 403 */
export function searchQuestions(
  world: World,
  c: ApiContext,
  o: { profile: Profile; isReceived: boolean },
): object {
  const query = c.req.query();
  // questions-and-contacts.md 1.1: scan is documented for `/questions/search` alone
  const isScan = query.search_type === "scan" && o.profile === "LOCAL" && !o.isReceived;
  const limit = limitOf(world, query.limit);
  const offset = isScan ? 0 : offsetOf(query.offset);
  const filters = readFilters(world, c, o);
  const order = orderOf(query);
  const found = () =>
    [...(world.questionsOf.get(c.var.seller.id) ?? [])]
      .filter((question) => settleQuestion(world, question) && isShown(world, question))
      .filter(filters.matches)
      .sort(order.compare);
  // questions-and-contacts.md 1.1: the older structure of one country
  const shape = o.profile === "LOCAL" && query.api_version !== "4" ? "old" : "search";
  const wire = (questions: Question[]) =>
    questions.map((question) => wireQuestion(world, question, { profile: o.profile, shape }));
  const rest = {
    filters: {
      limit,
      offset,
      ...(query.api_version === undefined ? {} : { api_version: query.api_version }),
      sorts: order.sorts,
      ...filters.shown,
    },
    available_filters: [{ id: "status", name: "Status", type: "text", values: QUESTION_STATUSES }],
    available_sorts: SORTS,
  };
  if (isScan) {
    const scan = query.scroll_id ?? startScan(world, c.var.seller.id, found());
    const { questions, total, scrollId } = scanPage(world, c.var.seller.id, scan, limit);
    return { total, limit, questions: wire(questions), scroll_id: scrollId, ...rest };
  }
  const all = found();
  return { total: all.length, limit, questions: wire(all.slice(offset, offset + limit)), ...rest };
}

/** A hidden question leaves the list, if the settings say so; by id it is there (questions-and-contacts.md 9). */
function isShown(world: World, question: Question): boolean {
  return !(question.isHidden && world.settings.questionHiddenLeaves);
}

function limitOf(world: World, text: string | undefined): number {
  const { questionMaxLimit, questionLimitAbove } = world.settings;
  const limit = numberOf("limit", text, 50);
  if (limit > questionMaxLimit && questionLimitAbove === "refused") {
    throw badRequest(`limit must be at most ${questionMaxLimit}`);
  }
  return Math.min(limit, questionMaxLimit);
}

/** questions-and-contacts.md 1.1: at most 1000. */
function offsetOf(text: string | undefined): number {
  const offset = numberOf("offset", text, 0);
  if (offset > MAX_OFFSET) throw badRequest(`offset must be at most ${MAX_OFFSET}`);
  return offset;
}

function numberOf(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`Invalid ${name}: ${text}`);
  return Number(text);
}
