import type { z } from "zod";
import { createBuyer } from "@/sandbox/control/create-buyer";
import { LeadSeed } from "@/sandbox/control/lead-seeds";
import { leadsOfUser, questionLead } from "@/sandbox/leads/leads-of";
import type { Lead, LeadBuyer } from "@/sandbox/leads/model";
import { createQuestion } from "@/sandbox/questions/create-question";
import type { Item } from "@/sandbox/world/model";
import { digits, pick, uuid } from "@/sandbox/world/random";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

const MINUTE_MS = 60_000;
const NAMES = {
  es: ["Constanza Rojas", "Matías Fuentes", "Javiera Soto", "Cristóbal Vega"],
  pt: ["Bruna Teixeira", "Caio Ribeiro", "Larissa Pinto", "Otávio Braga"],
  en: ["Emily Carter", "Jacob Stone"],
} as const;
const DOCUMENTS: Partial<Record<string, string>> = { MLC: "RUT", MLA: "DNI", MLB: "CPF", MLU: "CI" };

type Seed = z.output<typeof LeadSeed>;

/** A lead on a classified listing, with its past as the seed tells it; nobody has been told. A question is asked as any
 *  other and is the lead. @throws ZodError on a wrong seed, Error for what cannot be (questions-and-contacts.md 4.2):
 *  another kind of listing, a visit outside Chile, a question without a buyer */
export function createLead(world: World, input: LeadSeed): Lead {
  const seed = LeadSeed.parse(input);
  const item = world.items.get(seed.itemId);
  const seller = item ? world.sellers.get(item.sellerId) : undefined;
  if (!item || !seller) throw new Error(`no listing ${seed.itemId}`);
  if (item.buyingMode !== "classified") throw new Error(`${item.id} is not a classified listing`);
  const isVisit = seed.type === "visit_request" || seed.type === "schedule";
  if (isVisit && item.siteId !== "MLC") throw new Error("visits are arranged in Chile only");
  if (seed.type === "question") return asked(world, item, seed);
  const isForm = seed.type === "contact_request" || seed.type === "reservation";
  const lead: Lead = {
    id: seed.id ?? uuid(world.random),
    item,
    type: seed.type,
    createdAt: new Date(world.now().getTime() - seed.minutesAgo * MINUTE_MS),
    externalId: seed.externalId,
    status: seed.status ?? (isForm ? "created" : "active"),
    subStatus: seed.subStatus,
    buyer: seed.buyer === null ? null : buyerOf(world, item, seed),
    details: seed.details ?? (isForm ? { color: null, zipCode: null, dealership: null } : null),
  };
  world.leadBook.addLead(lead);
  return lead;
}

function asked(world: World, item: Item, seed: Seed): Lead {
  if (seed.buyer === null) throw new Error("a guest asks no question");
  const { id, name, email, phone } = seed.buyer ?? {};
  const seller = world.sellers.get(item.sellerId);
  if (!seller) throw new Error(`no seller ${item.sellerId}`);
  const isTold = email !== undefined || phone !== undefined;
  const [areaCode = "", ...rest] = (phone ?? "").split(" ");
  const question = createQuestion(world, seller, {
    itemId: item.id,
    ...(id ? { buyerId: id } : {}),
    ...(name ? { buyerName: name } : {}),
    text: seed.text ?? "¿Sigue disponible?",
    askedMinutesAgo: seed.minutesAgo,
    ...(seed.answer ? { answer: { text: seed.answer } } : {}),
    ...(isTold
      ? { contact: { email: email ?? null, phone: phone ? { areaCode, number: rest.join(" ") } : null } }
      : {}),
  });
  return questionLead(question);
}

/** A new person is one more of the world's buyers; one who was there before keeps what they told then. */
function buyerOf(world: World, item: Item, seed: Seed): LeadBuyer {
  const told = seed.buyer ?? {};
  const known = told.id ? world.buyers.get(told.id) : undefined;
  if (told.id && !known) throw new Error(`no buyer ${told.id}`);
  const buyer =
    known ??
    createBuyer(world, item.siteId, told.name ?? pick(world.random, NAMES[SITES[item.siteId].language]));
  world.buyers.set(buyer.id, buyer);
  const before = leadBefore(world, item, buyer.id)?.buyer;
  const document = DOCUMENTS[item.siteId] ?? null;
  const number = document ? `${digits(world.random, 8)}-${digits(world.random, 1)}` : null;
  const made: LeadBuyer = {
    id: buyer.id,
    name: before?.name ?? [buyer.firstName, buyer.lastName].filter(Boolean).join(" "),
    email: before?.email ?? `${buyer.nickname.toLowerCase()}@example.test`,
    phone: before?.phone ?? `+56 9 5550 ${digits(world.random, 4)}`,
    identificationType: before?.identificationType ?? document,
    identificationNumber: before?.identificationNumber ?? number,
  };
  return {
    id: buyer.id,
    name: told.name === undefined ? made.name : told.name,
    email: told.email === undefined ? made.email : told.email,
    phone: told.phone === undefined ? made.phone : told.phone,
    identificationType:
      told.identificationType === undefined ? made.identificationType : told.identificationType,
    identificationNumber:
      told.identificationNumber === undefined ? made.identificationNumber : told.identificationNumber,
  };
}

/** Who was there before, by whatever they did then. */
function leadBefore(world: World, item: Item, buyerId: string): Lead | undefined {
  return leadsOfUser(world, item.localSellerId).find((lead) => lead.buyer?.id === buyerId);
}
