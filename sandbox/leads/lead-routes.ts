import { Hono } from "hono";
import { searchLeads } from "@/sandbox/leads/lead-search";
import { wireDetails, wireLead, wireLoan } from "@/sandbox/leads/lead-wire";
import { leadAt } from "@/sandbox/leads/leads-of";
import type { Lead, LeadType } from "@/sandbox/leads/model";
import { badRequest, visRefusal, wrongCaller } from "@/sandbox/leads/refuse";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import type { World } from "@/sandbox/world/world";

/** Which leads each address knows (questions-and-contacts.md 4.2); quotations are told of as `/vis/leads/{id}`
 *  (notifications.md 2). */
const AT_LEADS: LeadType[] = ["whatsapp", "call", "question", "visit_request", "schedule", "quotation"];
const AT_DETAILS: LeadType[] = ["contact_request", "reservation"];

/** Leads of vehicles and real estate: the list and one by one. Visits are only read (questions-and-contacts.md 4.2). */
export function leadRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  for (const path of ["/vis/*", "/leads/*"]) app.use(path, guard(world, "leads"));

  app.get("/vis/users/:seller/leads/buyers", (c) => {
    const userId = c.req.param("seller");
    if (!/^\d+$/.test(userId)) throw badRequest("invalid format USER_ID");
    const owner = ownerOf(world, c, userId);
    return c.json(searchLeads(world, { userId, siteId: owner.siteId, query: c.req.query() }));
  });
  app.get("/vis/leads/", () => {
    throw badRequest("missing lead_id");
  });
  app.get("/vis/leads/:id", (c) => c.json(wireLead(world, ownLead(world, c, AT_LEADS))));
  app.get("/leads/:id/details", (c) => c.json(wireDetails(world, ownLead(world, c, AT_DETAILS))));
  app.get("/vis/loans/:id", (c) => {
    const userId = c.req.query("seller_id") ?? "";
    if (!/^\d+$/.test(userId)) throw badRequest("invalid format seller_id");
    ownerOf(world, c, userId);
    return c.json(wireLoan(world, ownLead(world, c, ["credit"])));
  });
  return app;
}

/** @throws Refusal 403: not this seller's token (questions-and-contacts.md 4.2) */
function ownerOf(world: World, c: ApiContext, userId: string) {
  const owner = world.ownerOf.get(userId);
  if (owner?.seller.id !== c.var.seller.id) throw wrongCaller();
  return owner;
}

/** @throws Refusal 403, 404 (questions-and-contacts.md 4.2) */
function ownLead(world: World, c: ApiContext, types: LeadType[]): Lead {
  const lead = leadAt(world, c.req.param("id") ?? "");
  if (!lead || !types.includes(lead.type) || lead.createdAt > world.now()) {
    throw visRefusal(404, "not_found", "lead not found");
  }
  if (lead.item.sellerId !== c.var.seller.id) throw wrongCaller();
  return lead;
}
