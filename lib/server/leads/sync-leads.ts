import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import type { Lead, LeadPerson } from "@/lib/server/mercadolibre/leads";
import { type LeadsPage, listLeads } from "@/lib/server/mercadolibre/leads";
import type { Runtime } from "@/lib/server/runtime";
import { finishLeads, readLeadSync, saveLeadSync } from "@/lib/server/store/lead-syncs";
import { listUnnamedItems, type StoredLead, saveLeads } from "@/lib/server/store/leads";
import { AppError } from "@/lib/shared/errors";
import { dayBefore, maxDay, minDay } from "./days";
import { readThese } from "./find-classifieds";

const DAY_MS = 86_400_000;
/** The days that are read at first, and once a day again: what changes is told by notices, or found then. */
export const USUAL_DAYS = 30;
/** Otherwise from so many days before the last reading on. */
const OVERLAP_DAYS = 2;
/** Listings that only leads name. */
const MOST_UNNAMED = 200;

/**
 * Reads the leads that are waited for: the usual days, what is new since, or days further back that somebody asked for. What was
 * read stays read when it is interrupted; done again, it changes nothing.
 * @throws MeliError; AppError slow_down when the worker stops
 */
export async function syncLeads(rt: Runtime, ctx: AccountCtx, signal: AbortSignal): Promise<void> {
  const { accountId } = ctx;
  const startedAt = new Date();
  const state = await readLeadSync(rt.db, accountId);
  if (state?.wantedAt == null) return;
  const usual = dayBefore(startedAt, USUAL_DAYS);
  const isWhole = isOlder(state.leadsWholeAt, startedAt, DAY_MS);
  const recent =
    isWhole || state.leadsAt === null ? usual : maxDay(usual, dayBefore(state.leadsAt, OVERLAP_DAYS));
  const from = minDay(recent, state.wantedFrom ?? recent);
  // Days further back that were read before are not read again with them.
  const parts =
    state.leadsFrom === null || from >= minDay(state.leadsFrom, recent)
      ? [{ from, to: dayBefore(startedAt, 0) }]
      : [
          { from: recent, to: dayBefore(startedAt, 0) },
          { from, to: state.leadsFrom },
        ];
  let [done, total] = [0, 0];
  for (const part of parts) {
    let offset: number | null = 0;
    while (offset !== null) {
      if (signal.aborted) throw new AppError("slow_down", "the worker is stopping");
      const page: LeadsPage = await listLeads(ctx.meli, { sellerId: accountId, ...part, offset });
      await saveLeads(rt.db, accountId, leadsOf(page), "list");
      const end = page.next ?? page.total ?? offset;
      const all = total + (page.total ?? end);
      await saveLeadSync(rt.db, accountId, { done: Math.min(done + end, all), total: all });
      if (page.next === null) {
        done += end;
        total = all;
      }
      offset = page.next;
    }
  }
  const unnamed = await listUnnamedItems(
    rt.db,
    accountId,
    new Date(startedAt.getTime() - DAY_MS),
    MOST_UNNAMED,
  );
  await readThese(rt, ctx, unnamed, new Date(startedAt.getTime() - DAY_MS));
  await finishLeads(rt.db, accountId, { wantedAt: state.wantedAt, leadsFrom: from, startedAt, isWhole });
}

function leadsOf({ buyers, guests }: LeadsPage): StoredLead[] {
  return [
    ...buyers.flatMap(({ person, leads }) => leads.map((lead) => storedLead(lead, person, false))),
    ...guests.flatMap(({ leads }) => leads.map((lead) => storedLead(lead, null, true))),
  ];
}

/** A lead as it is kept. Pure. */
export function storedLead(lead: Lead, person: LeadPerson | null, isGuest: boolean): StoredLead {
  return {
    id: lead.id,
    contactType: lead.contactType,
    status: lead.status,
    subStatus: lead.subStatus,
    createdAt: lead.createdAt,
    itemId: lead.itemId,
    isGuest,
    buyer: isGuest || person === null ? null : { id: lead.buyerId, ...person },
    questionId: lead.contactType === "question" ? lead.externalId : null,
  };
}

const isOlder = (at: Date | null, now: Date, ms: number) => at === null || now.getTime() - at.getTime() > ms;
