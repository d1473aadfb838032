import { leadAt, questionLead } from "@/sandbox/leads/leads-of";
import type { Lead } from "@/sandbox/leads/model";
import type { Pointer } from "@/sandbox/notifications/topics";
import type { World, WorldEvent } from "@/sandbox/world/world";

/** The notice that an event makes because there is a lead in it: a lead's own, and one more for every question at a
 *  classified listing, asked or answered (notifications.md 2, 7.3, questions-and-contacts.md 6). */
export function leadPointerOf(world: World, event: WorldEvent): Pointer | null {
  const lead = leadOf(world, event);
  if (!lead) return null;
  const userId = lead.item.localSellerId;
  // notifications.md 2: hyphens in the topic, one loan in the path, no actions
  if (lead.type === "credit") {
    return { topic: "leads-credits", resource: `/vis/loan/${lead.id}`, userId, actions: null };
  }
  const { leadNoticePath, leadQuotationAction } = world.settings;
  const action = lead.type === "quotation" ? leadQuotationAction : lead.type;
  return {
    topic: "vis_leads",
    resource: `${leadNoticePath}/${lead.id}`,
    userId,
    // notifications.md 2 lists no `schedule`: the visit is requested
    actions: [action === "schedule" ? "visit_request" : action],
  };
}

function leadOf(world: World, event: WorldEvent): Lead | null {
  if (event.kind === "lead_changed") return leadAt(world, event.resourceId);
  if (event.kind !== "question_changed") return null;
  const question = world.questions.get(event.resourceId);
  return question?.item.buyingMode === "classified" ? questionLead(question) : null;
}
