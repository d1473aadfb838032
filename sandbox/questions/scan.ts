import { randomBytes } from "node:crypto";
import type { Question } from "@/sandbox/questions/model";
import { badRequest } from "@/sandbox/questions/refuse";
import { settleQuestion } from "@/sandbox/questions/time";
import type { World } from "@/sandbox/world/world";

/** Opens a scan over what was found, and answers its `scroll_id` (questions-and-contacts.md 1.1). */
export function startScan(world: World, sellerId: string, found: Question[]): string {
  return keep(world, sellerId, { ids: found.map(({ id }) => id), total: found.length });
}

/** The next page of a scan; `scrollId` null: it has ended. Each page has a `scroll_id` of its own, good for five minutes
 *  and for one use. @throws Refusal 400 for one that is unknown, used or too old */
export function scanPage(
  world: World,
  sellerId: string,
  scrollId: string,
  limit: number,
): { questions: Question[]; total: number; scrollId: string | null } {
  const scan = world.scans.get(scrollId);
  world.scans.delete(scrollId);
  if (scan?.sellerId !== sellerId || scan.expiresAt <= world.now()) throw badRequest("Invalid scroll_id");
  const questions = scan.ids.slice(0, limit).flatMap((id) => {
    const question = world.questions.get(id);
    return question && settleQuestion(world, question) ? [question] : [];
  });
  const ids = scan.ids.slice(limit);
  const isOver = world.settings.questionScanEnd === "last_page" ? ids.length === 0 : scan.ids.length === 0;
  return {
    questions,
    total: scan.total,
    scrollId: isOver ? null : keep(world, sellerId, { ids, total: scan.total }),
  };
}

function keep(world: World, sellerId: string, o: { ids: string[]; total: number }): string {
  const scrollId = randomBytes(24).toString("base64url");
  const expiresAt = new Date(world.now().getTime() + world.settings.questionScrollMs);
  world.scans.set(scrollId, { sellerId, ...o, expiresAt });
  return scrollId;
}
