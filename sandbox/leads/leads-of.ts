import { seedOf } from "@/sandbox/leads/contact-rhythm";
import type { ContactKind, Lead, LeadType } from "@/sandbox/leads/model";
import type { Question } from "@/sandbox/questions/model";
import type { Item } from "@/sandbox/world/model";
import { seeded, uuid } from "@/sandbox/world/random";
import type { World } from "@/sandbox/world/world";

const COUNTED: Partial<Record<LeadType, ContactKind>> = {
  question: "questions",
  call: "phone_views",
  whatsapp: "whatsapp",
};

/** The counter that a lead of this type shows in; null: none. */
export function contactKindOf(type: LeadType): ContactKind | null {
  return COUNTED[type] ?? null;
}

/** Every lead of one listing, its questions among them, in no order. */
export function leadsOfItem(world: World, item: Item): Lead[] {
  if (item.buyingMode !== "classified") return [];
  const questions = (world.questionsOf.get(item.sellerId) ?? []).filter((one) => one.item.id === item.id);
  return [...(world.leadBook.byItem.get(item.id) ?? []), ...questions.map(questionLead)];
}

/** Every lead of one selling user, in no order. */
export function leadsOfUser(world: World, userId: string): Lead[] {
  const owner = world.ownerOf.get(userId);
  const questions = (owner ? (world.questionsOf.get(owner.seller.id) ?? []) : []).filter(
    ({ item }) => item.localSellerId === userId && item.buyingMode === "classified",
  );
  const held = [...world.leadBook.leads.values()].filter(({ item }) => item.localSellerId === userId);
  return [...held, ...questions.map(questionLead)];
}

/** One lead by its id, a question's too. */
export function leadAt(world: World, id: string): Lead | null {
  const held = world.leadBook.leads.get(id);
  if (held) return held;
  for (const question of world.questions.values()) {
    if (question.item.buyingMode === "classified" && questionLeadId(question) === id)
      return questionLead(question);
  }
  return null;
}

/** A question at a classified listing is a lead: its id is the lead's `external_id` (questions-and-contacts.md 4.2). */
export function questionLead(question: Question): Lead {
  const { buyer, contact, item, createdAt } = question;
  const phone = contact?.phone ? `${contact.phone.areaCode} ${contact.phone.number}` : null;
  return {
    id: questionLeadId(question),
    item,
    type: "question",
    createdAt,
    externalId: question.id,
    status: "active",
    subStatus: question.answer ? "answered" : null,
    buyer: {
      id: buyer.id,
      name: [buyer.firstName, buyer.lastName].filter(Boolean).join(" ") || null,
      email: contact?.email ?? null,
      phone,
      identificationType: null,
      identificationNumber: null,
    },
    details: null,
  };
}

/** A question's lead keeps its id without being held. */
export function questionLeadId(question: Question): string {
  return uuid(seeded(seedOf(`question ${question.id}`)));
}
