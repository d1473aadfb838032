import { createListing } from "@/sandbox/control/create-listing";
import { createSeller } from "@/sandbox/control/create-seller";
import { createThread } from "@/sandbox/control/create-thread";
import type { LeadSeed } from "@/sandbox/control/lead-seeds";
import { createLead } from "@/sandbox/leads/create-lead";
import type { ContactKind } from "@/sandbox/leads/model";
import { createQuestion } from "@/sandbox/questions/create-question";
import type { CarRow } from "@/sandbox/shops/andes-cars";
import { CARS } from "@/sandbox/shops/andes-cars";
import type { HomeRow } from "@/sandbox/shops/andes-homes";
import { HOMES } from "@/sandbox/shops/andes-homes";
import type { LeadRow } from "@/sandbox/shops/andes-leads";
import { ANDES_LEADS } from "@/sandbox/shops/andes-leads";
import type { ChainRow } from "@/sandbox/shops/andes-questions";
import { ANDES_QUESTIONS } from "@/sandbox/shops/andes-questions";
import { ANDES_SALES } from "@/sandbox/shops/andes-sales";
import { stage } from "@/sandbox/shops/script";
import type { Item, Seller } from "@/sandbox/world/model";
import { digits } from "@/sandbox/world/random";
import type { World } from "@/sandbox/world/world";

const DAY_MS = 86_400_000;
/** Of telephone views: what else comes in on a listing. Few ask in writing what they can ask by telephone. */
const SHARES: Record<ContactKind, number> = { phone_views: 1, whatsapp: 0.55, questions: 0.05 };

/** A car dealer in Chile with 40 classified listings, their contacts of 120 days, leads of every type and questions, and
 *  a few accessories that are sold by parcel. */
export function buildAndes(world: World): void {
  const { seller } = createSeller(world, {
    siteId: "MLC",
    nickname: "AUTOMOTORA ANDES",
    firstName: "Mónica",
    lastName: "Araya",
    city: "Santiago",
    state: "Región Metropolitana",
  });
  // notifications.md 2: only such users have the question button in vehicles
  seller.userType = "car_dealer";
  const items = new Map<string, Item>();
  for (const row of CARS) items.set(row.key, listCar(world, seller, row));
  for (const row of HOMES) items.set(row.key, listHome(world, seller, row));
  const itemOf = (key: string): Item => {
    const item = items.get(key);
    if (!item) throw new Error(`nothing is listed as ${key}`);
    return item;
  };
  const people = new Map<string, string>();
  for (const row of ANDES_QUESTIONS) people.set(row.who, ask(world, seller, itemOf(row.about), row));
  for (const row of ANDES_LEADS) {
    const lead = createLead(world, {
      itemId: itemOf(row.about).id,
      type: row.type,
      minutesAgo: row.hoursAgo * 60,
      buyer: row.who === null ? null : personOf(row, people.get(row.who)),
      ...(row.details ? { details: row.details } : {}),
    });
    if (row.who && lead.buyer) people.set(row.who, lead.buyer.id);
  }
  for (const script of ANDES_SALES) createThread(world, seller, stage(world.random, script));
}

function listCar(world: World, seller: Seller, row: CarRow): Item {
  const { brand, model, version, year, km, fuel, gearbox, color } = row;
  const item = createListing(world, seller, {
    title: `${brand} ${model} ${version} ${year}`,
    price: row.price * 1000,
    buyingMode: "classified",
    stock: 1,
    categoryId: "MLC1744",
    ...(row.sold === null ? {} : { status: "paused" }),
    attributes: [
      { id: "BRAND", name: "Marca", value: brand },
      { id: "MODEL", name: "Modelo", value: model },
      { id: "TRIM", name: "Versión", value: version },
      { id: "VEHICLE_YEAR", name: "Año", value: String(year) },
      { id: "KILOMETERS", name: "Kilómetros", value: `${grouped(km)} km` },
      { id: "FUEL_TYPE", name: "Tipo de combustible", value: fuel },
      { id: "TRANSMISSION", name: "Transmisión", value: gearbox },
      { id: "COLOR", name: "Color", value: color },
    ],
  });
  return busy(world, item, row, "auto");
}

function listHome(world: World, seller: Seller, row: HomeRow): Item {
  const item = createListing(world, seller, {
    title: row.title,
    price: row.price * 1000,
    buyingMode: "classified",
    stock: 1,
    categoryId: "MLC1459",
    attributes: [
      { id: "PROPERTY_TYPE", name: "Inmueble", value: row.kind },
      { id: "OPERATION", name: "Operación", value: row.operation },
      { id: "CITY", name: "Comuna", value: row.commune },
      { id: "TOTAL_AREA", name: "Superficie total", value: `${grouped(row.area)} m²` },
      ...(row.bedrooms > 0 ? [{ id: "BEDROOMS", name: "Dormitorios", value: String(row.bedrooms) }] : []),
      ...(row.bathrooms > 0 ? [{ id: "FULL_BATHROOMS", name: "Baños", value: String(row.bathrooms) }] : []),
    ],
  });
  return busy(world, item, { ...row, sold: null }, "casa");
}

/** How sought after it is, and since when. */
function busy(
  world: World,
  item: Item,
  row: { daysListed: number; daily: number; sold: number | null },
  host: "auto" | "casa",
): Item {
  const ago = (days: number) => new Date(world.now().getTime() - days * DAY_MS);
  for (const kind of ["phone_views", "whatsapp", "questions"] as const) {
    world.leadBook.setRhythm(item.id, kind, {
      perDay: row.daily * SHARES[kind],
      since: ago(row.daysListed),
      until: row.sold === null ? null : ago(row.sold),
      hours: null,
    });
  }
  item.permalink = item.permalink.replace("articulo", host);
  return item;
}

/** One buyer's questions about one listing; answers who it was. */
function ask(world: World, seller: Seller, item: Item, row: ChainRow): string {
  let buyerId: string | undefined;
  const contact = {
    email: emailOf(row.who),
    phone: { areaCode: "9", number: `5550${digits(world.random, 4)}` },
  };
  for (const { text, minutesAgo, answer, after = 40, hold, spam, status } of row.asks) {
    const question = createQuestion(world, seller, {
      itemId: item.id,
      text,
      contact,
      askedMinutesAgo: minutesAgo,
      ...(buyerId ? { buyerId } : { buyerName: row.who, buyerCity: row.city }),
      ...(answer ? { answer: { text: answer, minutesAgo: minutesAgo - after } } : {}),
      ...(hold ? { hold } : {}),
      ...(spam ? { suspectedSpam: spam } : {}),
      ...(status ? { status } : {}),
    });
    buyerId = question.buyer.id;
  }
  return buyerId ?? "";
}

/** Who it is, new or known, and what they did not leave. */
function personOf({ who, without }: LeadRow, id: string | undefined): NonNullable<LeadSeed["buyer"]> {
  return {
    ...(id ? { id } : { name: who }),
    ...(without.includes("phone") ? { phone: null } : {}),
    ...(without.includes("email") ? { email: null } : {}),
    ...(without.includes("identification") ? { identificationType: null, identificationNumber: null } : {}),
  };
}

function emailOf(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return `${plain.replace(/[^a-z]+/g, ".")}@example.test`;
}

/** 38.400, as written in Chile. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ".");
}
