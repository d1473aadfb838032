import { Hono } from "hono";
import { infractionDate } from "@/sandbox/questions/dates";
import { ownUsers } from "@/sandbox/questions/find-question";
import { infractionWords } from "@/sandbox/questions/infraction-words";
import type { Infraction } from "@/sandbox/questions/model";
import { badRequest } from "@/sandbox/questions/refuse";
import { settleQuestion } from "@/sandbox/questions/time";
import type { ApiEnv } from "@/sandbox/world/guard";
import type { Language } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

const TYPES = ["ITM", "REV", "QUE"];
const LANGUAGES: Record<string, Language> = { ES: "es", PT: "pt", EN: "en" };
const MAX_LIMIT = 20;
const DAY_MS = 86_400_000;

/** Why something was banned (questions-and-contacts.md 1.6). */
export function infractionRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/moderations/infractions/:user", (c) => {
    const isNamed = ownUsers(world, c, c.req.param("user"));
    const query = c.req.query();
    const { element_type: type, element_id: elementId, related_item_id: itemId } = query;
    if (type !== undefined && !TYPES.includes(type)) throw badRequest(`Invalid element_type: ${type}`);
    const language = query.language === undefined ? "en" : LANGUAGES[query.language];
    if (!language) throw badRequest(`Invalid language: ${query.language}`);
    const limit = numberOf("limit", query.limit, MAX_LIMIT);
    if (limit < 1 || limit > MAX_LIMIT) throw badRequest(`limit must be 1 to ${MAX_LIMIT}`);
    const offset = numberOf("offset", query.offset, 0);
    const sort = query.sort ?? "date_created_desc";
    if (sort !== "date_created_asc" && sort !== "date_created_desc")
      throw badRequest(`Invalid sort: ${sort}`);
    const since = dayOf("date_created_since", query.date_created_since) ?? Number.NEGATIVE_INFINITY;
    const to = (dayOf("date_created_to", query.date_created_to) ?? Number.POSITIVE_INFINITY) + DAY_MS;
    // what is due is banned before it is asked about
    for (const question of [...(world.questionsOf.get(c.var.seller.id) ?? [])])
      settleQuestion(world, question);
    const found = [...world.infractions.values()]
      .filter((one) => one.sellerId === c.var.seller.id && isNamed(one.localSellerId))
      .filter(
        (one) =>
          (type === undefined || one.elementType === type) &&
          (elementId === undefined || one.elementId === elementId) &&
          (itemId === undefined || one.itemId === itemId) &&
          one.createdAt.getTime() >= since &&
          one.createdAt.getTime() < to,
      )
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || Number(b.id) - Number(a.id));
    if (sort === "date_created_asc") found.reverse();
    return c.json({
      infractions: found.slice(offset, offset + limit).map((one) => wireInfraction(one, language)),
      paging: { offset, limit, total: found.length },
      sorting_type: sort,
    });
  });
  return app;
}

/** questions-and-contacts.md 1.6: ids are texts, reason and remedy HTML. */
function wireInfraction(one: Infraction, language: Language): object {
  return {
    id: one.id,
    date_created: infractionDate(one.createdAt),
    user_id: one.localSellerId,
    related_item_id: one.itemId,
    element_id: one.elementId,
    element_type: one.elementType,
    site_id: one.siteId,
    filter_subgroup: one.subgroup,
    ...infractionWords(one.subgroup, language),
  };
}

function dayOf(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`).getTime() : Number.NaN;
  if (Number.isNaN(at)) throw badRequest(`Invalid ${name}: ${text}`);
  return at;
}

function numberOf(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  if (!/^\d{1,7}$/.test(text)) throw badRequest(`Invalid ${name}: ${text}`);
  return Number(text);
}
