import { describe, expect, it } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { contactsOn, contactsOnAll } from "@/sandbox/leads/contact-counts";
import { contactKindOf, leadsOfItem, leadsOfUser } from "@/sandbox/leads/leads-of";
import { CONTACT_KINDS, LEAD_TYPES } from "@/sandbox/leads/model";
import { buildShops } from "@/sandbox/shops/build-shops";
import { at, drive, listAt, textAt } from "@/sandbox/testing";
import { World } from "@/sandbox/world/world";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BOTH_DAYS = ["2026-11-20T15:00:00Z", "2027-02-03T08:30:00Z"];

function open(now: string) {
  const world = new World(() => new Date(now));
  buildShops(world);
  const seller = [...world.sellers.values()].find((one) => one.nickname === "AUTOMOTORA ANDES");
  const id = seller?.id ?? "";
  const items = [...world.items.values()].filter(
    (one) => one.sellerId === id && one.buyingMode === "classified",
  );
  return { world, seller, id, items, now: Date.parse(now) };
}

describe("AUTOMOTORA ANDES", () => {
  const { world, seller, id, items, now } = open(BOTH_DAYS[0] ?? "");

  it("is a car dealer in Chile with 34 cars and 6 properties, each with its particulars and its price in pesos", () => {
    expect(seller).toMatchObject({ siteId: "MLC", userType: "car_dealer" });
    const cars = items.filter((item) => item.attributes.some((one) => one.id === "KILOMETERS"));
    const homes = items.filter((item) => item.attributes.some((one) => one.id === "PROPERTY_TYPE"));
    expect([items.length, cars.length, homes.length]).toEqual([40, 34, 6]);
    expect(new Set(items.map((item) => item.title)).size).toBe(40);
    for (const item of items) {
      expect(item).toMatchObject({ currency: "CLP", stock: 1 });
      expect(Number.isInteger(item.price) && item.price >= 500_000).toBe(true);
      expect(item.attributes.every((one) => one.value !== "" && !/NaN|undefined/.test(one.value))).toBe(true);
    }
    for (const car of cars) {
      const year = Number(car.attributes.find((one) => one.id === "VEHICLE_YEAR")?.value);
      expect(year).toBeGreaterThan(2010);
      expect(car.title.endsWith(String(year))).toBe(true);
    }
    expect(items.filter((item) => item.status === "paused").length).toBe(2);
  });

  it("has leads of every type, of guests too, of the last days and before, visits at properties", () => {
    const leads = leadsOfUser(world, id);
    expect(new Set(leads.map((lead) => lead.type))).toEqual(new Set(LEAD_TYPES));
    const guests = leads.filter((lead) => lead.buyer === null);
    expect(guests.length).toBeGreaterThanOrEqual(20);
    expect(leads.length - guests.length).toBeGreaterThanOrEqual(60);
    expect(leads.filter((lead) => now - lead.createdAt.getTime() < 7 * DAY).length).toBeGreaterThan(60);
    expect(leads.some((lead) => now - lead.createdAt.getTime() > 10 * DAY)).toBe(true);
    for (const lead of leads) {
      const isVisit = lead.type === "schedule" || lead.type === "visit_request";
      if (isVisit) expect(lead.item.attributes[0]?.id).toBe("PROPERTY_TYPE");
      if (lead.type === "reservation") expect(lead.item.attributes[0]?.id).toBe("BRAND");
      expect(lead.createdAt.getTime()).toBeLessThanOrEqual(now);
    }
    for (const field of ["phone", "email", "identificationNumber"] as const) {
      expect(leads.some((lead) => lead.buyer && lead.buyer[field] === null)).toBe(true);
    }
    const byBuyer = new Map<string, Set<string>>();
    for (const { buyer, item } of leads) {
      if (buyer) byBuyer.set(buyer.id, (byBuyer.get(buyer.id) ?? new Set()).add(item.id));
    }
    expect([...byBuyer.values()].some((about) => about.size > 1)).toBe(true);
  });

  it("has about 25 questions, of which 14 wait, with follow-ups, one on hold and one at a paused listing", () => {
    const questions = world.questionsOf.get(id) ?? [];
    expect(questions.length).toBeGreaterThanOrEqual(25);
    const waiting = questions.filter((question) => question.status === "UNANSWERED");
    expect(waiting).toHaveLength(14);
    expect(waiting.filter((question) => question.isOnHold)).toHaveLength(1);
    expect(waiting.filter((question) => question.item.status === "paused")).toHaveLength(1);
    const chains = questions.map(({ item, buyer }) => `${item.id} ${buyer.id}`);
    expect(chains.filter((chain, index) => chains.indexOf(chain) !== index).length).toBeGreaterThanOrEqual(3);
    for (const { answer, createdAt } of questions) {
      if (answer) expect(answer.createdAt.getTime()).toBeGreaterThan(createdAt.getTime());
      expect(answer?.createdAt.getTime() ?? 0).toBeLessThanOrEqual(now);
    }
  });

  it.each(BOTH_DAYS)(
    "draws more on one car than on any other, and has no counter below its leads, on %s",
    (day) => {
      const shop = open(day);
      const week = (kind: (typeof CONTACT_KINDS)[number]) =>
        shop.items
          .map((item) => ({ item, total: contactsOn(shop.world, item, kind)(shop.now - 7 * DAY, shop.now) }))
          .toSorted((a, b) => b.total - a.total);
      const calls = week("phone_views");
      expect(calls[0]?.item.title).toContain("Suzuki Swift");
      expect(calls[0]?.total).toBeGreaterThan(60);
      expect(calls.at(-1)?.total).toBeLessThan(15);
      for (const kind of CONTACT_KINDS) {
        for (const { item, total } of week(kind)) {
          const leads = leadsOfItem(shop.world, item).filter(
            (lead) => contactKindOf(lead.type) === kind && shop.now - lead.createdAt.getTime() < 7 * DAY,
          );
          expect(total).toBeGreaterThanOrEqual(leads.length);
        }
      }
      const asked = (shop.world.questionsOf.get(shop.id) ?? []).filter(
        (question) => shop.now - question.createdAt.getTime() < 7 * DAY,
      );
      // questions-and-contacts.md 4.1: guests are counted too
      expect(week("questions").reduce((sum, { total }) => sum + total, 0)).toBeGreaterThan(asked.length);
    },
  );

  it("is called by day and hardly by night, on weekdays more than at weekends, for as long as a car is listed", () => {
    const count = contactsOnAll(world, items, "phone_views");
    const hours = Array.from({ length: 100 * 24 }, (_, index) => {
      const from = Math.floor(now / HOUR) * HOUR - (index + 1) * HOUR;
      const local = new Date(from - 3 * HOUR);
      return { hour: local.getUTCHours(), day: local.getUTCDay(), total: count(from, from + HOUR) };
    });
    const mean = (of: typeof hours) => of.reduce((sum, one) => sum + one.total, 0) / of.length;
    const night = mean(hours.filter(({ hour }) => hour >= 1 && hour < 6));
    expect(mean(hours.filter(({ hour }) => hour >= 10 && hour < 22))).toBeGreaterThan(8 * night);
    expect(mean(hours.filter(({ day }) => day >= 1 && day <= 5))).toBeGreaterThan(
      1.3 * mean(hours.filter(({ day }) => day === 0)),
    );
    const clio = items.find((item) => item.title.includes("Clio"));
    const ofClio = clio ? contactsOn(world, clio, "phone_views") : () => 0;
    expect(ofClio(now - 120 * DAY, now - 102 * DAY)).toBe(0);
    expect(ofClio(now - 101 * DAY, now)).toBeGreaterThan(20);
    const spark = items.find((item) => item.title.includes("Spark"));
    expect(spark && contactsOn(world, spark, "phone_views")(now - 11 * DAY, now)).toBe(0);
  });

  it("is there to be connected, and answers over the wire what it holds", async () => {
    const api = drive(createSandbox({ scenario: "shops" }));
    const sellers = listAt((await api.control("/state")).body, "sellers");
    expect(sellers.map((one) => textAt(one, "nickname"))).toEqual([
      "CASA NORTE",
      "LOJA BOA VISTA",
      "PACIFIC GOODS",
      "AUTOMOTORA ANDES",
    ]);
    const andes = textAt(sellers[3], "id");
    const { access } = await api.connect(andes);
    expect(at((await api.get("/users/me", access)).body, "user_type")).toBe("car_dealer");
    const series = `/users/${andes}/contacts/whatsapp/time_window?last=168&unit=hour`;
    expect(Number(at((await api.get(series, access)).body, "total"))).toBeGreaterThan(100);
    const leads = await api.get(`/vis/users/${andes}/leads/buyers?include_guest=true`, access);
    expect(Number(at(leads.body, "paging", "total"))).toBeGreaterThan(40);
    expect(listAt(leads.body, "guest").length).toBeGreaterThan(10);
    const waiting = `/questions/search?seller_id=${andes}&status=UNANSWERED&api_version=4`;
    expect(at((await api.get(waiting, access)).body, "total")).toBe(14);
  });

  it("leaves the ids of the other shops as they are", () => {
    const ids = [...world.sellers.keys()];
    expect(ids).toEqual(["700000001", "700000002", "700000003", "700000008"]);
    const own = (world.threadsOf.get(id) ?? []).map((thread) => thread.packId);
    expect([...world.threads.keys()].slice(-own.length)).toEqual(own);
    const again = open(BOTH_DAYS[1] ?? "");
    expect([...again.world.questions.keys()]).toEqual([...world.questions.keys()]);
    expect([...again.world.leadBook.leads.keys()]).toEqual([...world.leadBook.leads.keys()]);
    expect(again.items.map((item) => item.id)).toEqual(items.map((item) => item.id));
  });
});
