import type { ClaimSeed } from "@/sandbox/control/claim-seeds";
import type { ThreadSeed } from "@/sandbox/control/seeds";
import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

/** A Monday, so that the deadline of claims.md 8 falls on the Friday. */
export const MONDAY = new Date("2026-03-02T13:59:05.000Z");

const SALE: ThreadSeed = {
  product: { title: "Auriculares", price: 1000 },
  shipment: { status: "delivered", logisticType: "drop_off" },
};

/** A seller with one sale and one claim on it, signed in, with the time in hand. */
export async function startClaim(
  claim: ClaimSeed = {},
  o: { siteId?: string; thread?: ThreadSeed; now?: Date } = {},
) {
  let now = o.now ?? MONDAY;
  const api = drive(createSandbox({ clock: () => now }));
  // tests let days pass
  await api.control("/settings", { expiresIn: 40 * 86_400 });
  const siteId = o.siteId ?? "MLA";
  const { body } = await api.control("/sellers", { siteId, threads: [{ ...SALE, ...o.thread }] });
  const seller = textAt(body, "id");
  const pack = textAt(body, "threads", 0, "packId");
  const localSeller = textAt(body, "threads", 0, "localSellerId");
  const { access } = await api.connect(seller);
  const made = await api.control("/claims", { packId: pack, claim: { openedHoursAgo: 0, ...claim } });
  const id = textAt(made.body, "id");
  const base = siteId === "CBT" ? "/marketplace/v2/claims" : "/post-purchase/v1/claims";
  const path = `${base}/${id}`;
  const get = (tail = "") => api.get(`${path}${tail}`, access);
  const claimBody = async () => (await get()).body;
  const actionsOf = async (reader: () => Promise<unknown> = claimBody) => {
    const player = listAt(await reader(), "players").find((one) => textAt(one, "user_id") === localSeller);
    return listAt(player, "available_actions").map((one) => textAt(one, "action"));
  };
  return {
    api,
    access,
    seller,
    localSeller,
    pack,
    id,
    base,
    path,
    order: textAt(body, "threads", 0, "orderIds", 0),
    shipment: textAt(body, "threads", 0, "shipmentId"),
    buyer: textAt(body, "threads", 0, "buyerId"),
    made,
    get,
    body: claimBody,
    actions: actionsOf,
    post: (tail: string, sent: unknown = {}) => api.post(`${path}${tail}`, access, sent),
    send: (message: string, to = "complainant", more: object = {}) =>
      api.post(`${path}/actions/send-message`, access, { receiver_role: to, message, ...more }),
    search: (query: string) => api.get(`${base}/search?${query}`, access),
    play: (tail: string, sent: unknown = {}) => api.control(`/claims/${id}${tail}`, sent),
    change: (settings: Record<string, unknown>) => api.control("/settings", settings),
    held: async () => (await api.control(`/claims/${id}`)).body,
    chat: async () => at((await api.control(`/threads/${pack}`)).body, "state", "substatus"),
    /** A claim on a sale of its own. */
    another: async (seed: ClaimSeed = {}, thread: ThreadSeed = {}) => {
      const sale = await api.control("/threads", { sellerId: seller, thread: { ...SALE, ...thread } });
      const packId = textAt(sale.body, "packId");
      const opened = await api.control("/claims", { packId, claim: { openedHoursAgo: 0, ...seed } });
      return { id: textAt(opened.body, "id"), pack: packId, order: textAt(sale.body, "orderIds", 0) };
    },
    /** The token of a seller who has nothing to do with it. */
    stranger: async () => {
      const other = await api.control("/sellers", { siteId });
      return (await api.connect(textAt(other.body, "id"))).access;
    },
    /** The ids a search finds, in its order. */
    found: async (query: string) => {
      const reply = await api.get(`${base}/search?${query}`, access);
      return listAt(reply.body, "data").map((one) => textAt(one, "id"));
    },
    /** Moves the test's clock and the sandbox's with it: what is due happens. */
    pass: async (ms: number) => {
      now = new Date(now.getTime() + ms);
      return api.control("/clock", { advanceMs: 0 });
    },
  };
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
