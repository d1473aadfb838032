import { z } from "zod";
import { type Connected, createLab } from "@/lib/server/mercadolibre/testing/lab";

/** Each spelling of contacts and leads that the documents leave open, as the sandbox can be set to speak it
 *  (questions-and-contacts.md 4, 8, 9). */
export const LEAD_SPELLINGS: object[] = [
  {},
  {
    contactLastAs: "string",
    contactDates: "utc",
    contactListPath: "item",
    contactLastNeeded: "always",
    leadQuotaStatus: 409,
    leadSummaryAs: "string",
    leadExtraFields: false,
    leadPersonalData: "null",
    leadIdentificationKey: "identification_value",
    leadMaxLimit: 2,
    leadDaysIn: "site",
  },
  {
    contactDates: "verbatim",
    contactListPath: "collection",
    contactPlainDates: "site",
    contactTotalOf: "window",
    contactDayStart: 3,
    leadBadToken: 401,
    leadPersonalData: "absent",
  },
];

const Named = z.looseObject({ id: z.string() });

/** A dealer in Chile with two classified listings. */
export interface Dealer {
  one: Connected;
  sellerId: string;
  car: string;
  flat: string;
  control(path: string, body?: object): Promise<unknown>;
  /** A lead as `sandbox/control/lead-seeds.ts` takes it; its id. */
  lead(seed: object): Promise<string>;
}

/** A sandbox in which nothing is counted but what is laid down, and a dealer in it. */
export async function dealerIn(
  sandbox: Parameters<typeof createLab>[0],
  settings: object = {},
): Promise<Dealer> {
  const lab = createLab(sandbox);
  await lab.control("/settings", { contactSeries: "quiet", ...settings });
  const sellerId = await lab.newSeller("LOCAL", { siteId: "MLC" });
  const list = async (title: string) =>
    Named.parse(await lab.control("/items", { sellerId, listing: { title, buyingMode: "classified" } })).id;
  const [car, flat] = [await list("Suzuki Swift 1.2 GLX 2021"), await list("Departamento Ñuñoa")];
  return {
    one: await lab.connect(sellerId, "LOCAL"),
    sellerId,
    car,
    flat,
    control: lab.control,
    lead: async (seed) => Named.parse(await lab.control("/leads", { itemId: car, ...seed })).id,
  };
}
