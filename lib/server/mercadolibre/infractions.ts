import "server-only";
import { z } from "zod";
import type { Meli } from "./http";
import { ABOUT_QUESTIONS } from "./question-paths";
import { count, date, id, number, part, requiredId, sift, site, text } from "./wire";

/** Why something was moderated (questions-and-contacts.md 1.6). */
export interface Infraction {
  id: string;
  createdAt: Date | null;
  userId: string | null;
  /** What was moderated: a question, an item or a review. */
  elementId: string | null;
  /** QUE, ITM, REV; an open set. */
  elementType: string | null;
  relatedItemId: string | null;
  siteId: string | null;
  /** `LINKS`, ...: an open set. */
  subgroup: string | null;
  /** HTML as it was received: never shown without being made safe. `""` when there is none. */
  reason: string;
  /** What can be done about it; HTML, as `reason`. */
  remedy: string;
}

/** The largest page. */
const PAGE_SIZE = 20;
const MOST_PAGES = 10;

const infraction = z
  .object({
    id: requiredId,
    date_created: date,
    user_id: number,
    related_item_id: id,
    element_id: id,
    element_type: text,
    site_id: site,
    filter_subgroup: text,
    reason: text,
    remedy: text,
  })
  .transform(
    (wire): Infraction => ({
      id: wire.id,
      createdAt: wire.date_created,
      userId: wire.user_id,
      elementId: wire.element_id,
      elementType: wire.element_type,
      relatedItemId: wire.related_item_id,
      siteId: wire.site_id,
      subgroup: wire.filter_subgroup,
      reason: wire.reason ?? "",
      remedy: wire.remedy ?? "",
    }),
  );

const page = z.object({
  infractions: z.array(z.unknown()).nullable(),
  paging: part(z.object({ total: count })),
});

/**
 * What was moderated of a user, newest first, each once, at most 200: of one element when `elementId` is given. In English
 * when `language` is null.
 * @throws MeliError; AppError invalid_input for an impossible id
 */
export async function readInfractions(
  meli: Meli,
  o: {
    userId: string;
    elementType: "QUE" | "ITM" | "REV";
    elementId?: string | undefined;
    language: "ES" | "PT" | null;
  },
): Promise<Infraction[]> {
  const found = new Map<string, Infraction>();
  let offset = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const route = ABOUT_QUESTIONS.infractions(o.userId, { ...o, limit: PAGE_SIZE, offset });
    const body = await meli.wire.read(route, page);
    const { kept, dropped } = sift(body.infractions, infraction);
    if (dropped > 0) meli.wire.odd(route, { droppedInfractions: dropped });
    for (const one of kept) found.set(one.id, one);
    const rows = kept.length + dropped;
    offset += rows;
    const isLast = body.paging.total === null ? rows < PAGE_SIZE : offset >= body.paging.total;
    if (rows === 0 || isLast) break;
  }
  return [...found.values()];
}
