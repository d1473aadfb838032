import type { Hono } from "hono";
import { z } from "zod";
import { missing, read } from "@/sandbox/control/control-body";
import { ContactSeed, LeadSeed, SeriesSeed } from "@/sandbox/control/lead-seeds";
import { contactsOn } from "@/sandbox/leads/contact-counts";
import { createLead } from "@/sandbox/leads/create-lead";
import { leadAt, leadsOfItem } from "@/sandbox/leads/leads-of";
import type { Lead } from "@/sandbox/leads/model";
import { CONTACT_KINDS } from "@/sandbox/leads/model";
import { setSeries } from "@/sandbox/leads/set-series";
import { tellQuestion } from "@/sandbox/questions/tell-change";
import type { Item } from "@/sandbox/world/model";
import { Refusal } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

const LeadChange = z.strictObject({
  status: z.string().optional(),
  subStatus: z.string().nullable().optional(),
  notify: z.boolean().default(true),
});

/** Contacts and leads of classified listings: making them, looking at them, saying how busy listings are. */
export function leadControl(world: World, app: Hono): void {
  app.post("/leads/contacts", async (c) => {
    const { itemId, kind, count, minutesAgo, at } = await read(c, ContactSeed);
    const item = world.items.get(itemId);
    if (item?.buyingMode !== "classified") throw missing("classified listing", itemId);
    const moment = at ? new Date(at) : new Date(world.now().getTime() - minutesAgo * 60_000);
    for (let added = 0; added < count; added += 1) world.leadBook.addContact(itemId, kind, moment);
    return c.json({ itemId, kind, count, at: moment }, 201);
  });
  app.get("/leads/contacts", (c) => {
    const { from = "", to = "", ...of } = c.req.query();
    const end = to ? Date.parse(to) : world.now().getTime() + 1;
    const start = from ? Date.parse(from) : end - 7 * 86_400_000;
    if (Number.isNaN(start) || Number.isNaN(end)) throw new Refusal(422, { error: "from and to are dates" });
    const items = itemsOf(world, of).map((item) => ({
      itemId: item.id,
      title: item.title,
      ...Object.fromEntries(CONTACT_KINDS.map((kind) => [kind, contactsOn(world, item, kind)(start, end)])),
    }));
    return c.json({ from: new Date(start), to: new Date(end), items });
  });
  app.post("/leads/series", async (c) => {
    const body = await read(c, SeriesSeed);
    return c.json({ items: possible(() => setSeries(world, body)).map(({ id }) => id) });
  });

  app.get("/leads", (c) => {
    const { type, ...of } = c.req.query();
    const leads = itemsOf(world, of)
      .flatMap((item) => leadsOfItem(world, item))
      .filter((lead) => !type || lead.type === type)
      .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    return c.json({ leads: leads.map(leadView) });
  });
  app.post("/leads", async (c) => {
    const body = await read(c, LeadSeed);
    const lead = possible(() => createLead(world, body));
    tell(world, lead);
    return c.json(leadView(lead), 201);
  });
  app.get("/leads/:id", (c) => c.json(leadView(heldLead(world, c.req.param("id")))));
  app.post("/leads/:id", async (c) => {
    const { status, subStatus, notify } = await read(c, LeadChange);
    const lead = heldLead(world, c.req.param("id"));
    if (lead.type === "question") throw new Refusal(409, { error: "a question's lead follows its question" });
    if (status !== undefined) lead.status = status;
    if (subStatus !== undefined) lead.subStatus = subStatus;
    if (notify) tell(world, lead);
    return c.json(leadView(lead));
  });
}

/** A question tells both of itself and of its lead (notifications.md 7). */
function tell(world: World, lead: Lead): void {
  const question = world.questions.get(lead.externalId);
  if (lead.type === "question" && question) tellQuestion(world, question);
  else world.emit("lead_changed", lead.item, lead.id);
}

function heldLead(world: World, id: string): Lead {
  const lead = leadAt(world, id);
  if (!lead) throw missing("lead", id);
  return lead;
}

function itemsOf(world: World, o: Record<string, string>): Item[] {
  return [...world.items.values()].filter(
    (item) =>
      item.buyingMode === "classified" &&
      (!o.itemId || item.id === o.itemId) &&
      (!o.sellerId || item.sellerId === o.sellerId),
  );
}

function leadView(lead: Lead): object {
  const { item, ...rest } = lead;
  return { ...rest, itemId: item.id, sellerId: item.sellerId };
}

/** What cannot be is a 409. */
function possible<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof z.ZodError || !(error instanceof Error)) throw error;
    throw new Refusal(409, { error: error.message });
  }
}
