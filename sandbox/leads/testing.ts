import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

/** A Wednesday. */
export const NOW = new Date("2026-08-12T15:40:20.500Z");
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A dealer in Chile with two classified listings and one that is none, signed in, with the time in hand. Nothing is drawn
 *  unless `drawn`. */
export async function startLeads(o: { siteId?: string; drawn?: boolean } = {}) {
  let now = NOW;
  const api = drive(createSandbox({ clock: () => now }));
  const change = (settings: Record<string, unknown>) => api.control("/settings", settings);
  await change({ expiresIn: 200 * 86_400, contactSeries: o.drawn ? "drawn" : "quiet" });
  const siteId = o.siteId ?? "MLC";
  const seller = textAt((await api.control("/sellers", { siteId })).body, "id");
  const { access } = await api.connect(seller);
  const list = async (title: string, more: Record<string, unknown> = {}) => {
    const listing = { title, buyingMode: "classified", ...more };
    return textAt((await api.control("/items", { sellerId: seller, listing })).body, "id");
  };
  const car = await list("Suzuki Swift 1.2 GLX 2021");
  const flat = await list("Departamento Ñuñoa 2 Dormitorios");
  const shoe = await list("Zapatillas", { buyingMode: "buy_it_now" });
  const get = (path: string) => api.get(path, access);
  return {
    api,
    access,
    seller,
    car,
    flat,
    shoe,
    list,
    change,
    get,
    /** A lead or a bare contact now, or `minutesAgo`. */
    lead: async (seed: Record<string, unknown>) =>
      (await api.control("/leads", { itemId: car, ...seed })).body,
    contact: (kind: string, seed: Record<string, unknown> = {}) =>
      api.control("/leads/contacts", { itemId: car, kind, ...seed }),
    series: async (path: string) => (await get(path)).body,
    total: async (path: string) => Number(at((await get(path)).body, "total")),
    leads: async (query = "") => (await get(`/vis/users/${seller}/leads/buyers?${query}`)).body,
    /** The token of a seller who has nothing to do with it. */
    stranger: async () => {
      const other = await api.control("/sellers", { siteId });
      return (await api.connect(textAt(other.body, "id"))).access;
    },
    pass: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
  };
}

/** The counts of a series, in its order. */
export function countsOf(body: unknown): number[] {
  return listAt(body, "results").map((bucket) => Number(at(bucket, "total")));
}

/** The bucket starts of a series, in its order. */
export function datesOf(body: unknown): string[] {
  return listAt(body, "results").map((bucket) => textAt(bucket, "date"));
}
