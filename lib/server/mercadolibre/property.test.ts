import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { client } from "@/lib/server/mercadolibre/testing/edge";
import { readConversation, readWholeConversation } from "./conversations";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import { readItems } from "./items";
import { markRead } from "./mark-read";
import { listUnread, readMessage, sendMessage, uploadAttachment } from "./messages";
import { readOrder, searchSales } from "./orders";
import { readPack } from "./packs";
import { readShipment } from "./shipments";
import { marketplaceUsers, publicUser } from "./users";

const ref = { packId: "1", sellerId: "2" };
const CALLS: Record<string, (meli: Meli) => Promise<unknown>> = {
  readConversation: (meli) => readConversation(meli, ref),
  readWholeConversation: (meli) => readWholeConversation(meli, { ...ref, max: 20 }),
  readMessage: (meli) => readMessage(meli, "abc"),
  sendMessage: (meli) => sendMessage(meli, { ...ref, toUserId: "3", text: "t", attachments: [] }),
  listUnread: (meli) => listUnread(meli, { userId: "2" }),
  uploadAttachment: (meli) =>
    uploadAttachment(meli, { siteId: "MLA", filename: "a", type: "text/plain", bytes: new Blob(["a"]) }),
  markRead: (meli) => markRead(meli, ref),
  readOrder: (meli) => readOrder(meli, "1"),
  searchSales: (meli) => searchSales(meli, { sellerId: "2", since: new Date(0), offset: 0 }),
  readPack: (meli) => readPack(meli, "1"),
  readItems: (meli) => readItems(meli, ["MLA1"]),
  readShipment: (meli) => readShipment(meli, "1"),
  marketplaceUsers: (meli) => marketplaceUsers(meli, "1"),
  publicUser: (meli) => publicUser(meli, "1"),
};

/** Values in place of any other: null, missing, ids of every type, dates of every kind, structures where none is due. */
const odd = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      null,
      undefined,
      "",
      "x",
      0,
      1,
      -1,
      1.5,
      true,
      [],
      {},
      [[]],
      [null],
      "2026-09-01T10:00:00Z",
      "/packs/1/sellers/2",
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 10n ** 19n }).map(String) },
);
const record = (keys: readonly string[], values: fc.Arbitrary<unknown>) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, values])), { requiredKeys: [] });

const party = fc.oneof(
  odd,
  record(["user_id", "name", "id"], odd),
  fc.array(record(["user_id"], odd), { maxLength: 2 }),
);
const file = fc.oneof(
  odd,
  record(
    ["filename", "original_filename", "type", "size", "creation_date", "potential_security_threat"],
    odd,
  ),
);
const message = fc.oneof(
  odd,
  fc.record(
    {
      id: odd,
      message_id: odd,
      from: party,
      to: party,
      status: odd,
      text: fc.oneof(odd, record(["plain"], odd)),
      text_translated: odd,
      client_id: odd,
      site_id: odd,
      resource: odd,
      resource_id: odd,
      date: odd,
      moderation: odd,
      message_date: fc.oneof(odd, record(["created", "received", "available", "notified", "read"], odd)),
      message_moderation: fc.oneof(odd, record(["status", "reason", "moderation_date", "by"], odd)),
      message_attachments: fc.oneof(odd, fc.array(file, { maxLength: 3 })),
      message_resources: fc.oneof(odd, fc.array(record(["id", "name"], odd), { maxLength: 3 })),
    },
    { requiredKeys: [] },
  ),
);
const paging = fc.oneof(odd, record(["total", "limit", "offset"], odd));
const envelope = fc.record(
  {
    paging,
    conversation_status: fc.oneof(odd, record(["status", "substatus", "path", "claim_id", "claim_ids"], odd)),
    messages: fc.oneof(odd, fc.array(message, { maxLength: 4 })),
    seller_max_message_length: odd,
    results: fc.oneof(
      odd,
      fc.array(fc.oneof(odd, record(["resource", "count", "order_id"], odd)), { maxLength: 3 }),
    ),
  },
  { requiredKeys: [] },
);
const item = record(
  ["id", "title", "price", "currency_id", "thumbnail", "status", "variation_attributes"],
  odd,
);
const order = fc.record(
  {
    id: odd,
    pack_id: odd,
    status: odd,
    date_created: odd,
    last_updated: odd,
    total_amount: odd,
    currency_id: odd,
    buyer: fc.oneof(odd, record(["id", "nickname", "first_name"], odd)),
    order_items: fc.oneof(
      odd,
      fc.array(
        fc.oneof(
          odd,
          fc.record({ item: fc.oneof(odd, item), quantity: odd, unit_price: odd }, { requiredKeys: [] }),
        ),
        { maxLength: 2 },
      ),
    ),
    orders: fc.oneof(odd, fc.array(fc.oneof(odd, record(["id", "seller"], odd)), { maxLength: 2 })),
    config: odd,
    shipping: odd,
    shipment: odd,
    tags: odd,
    mediations: odd,
    context: odd,
    lead_time: odd,
    logistic: odd,
    marketplaces: odd,
    address: odd,
    status_history: odd,
  },
  { requiredKeys: ["id"] },
);
const search = fc.record(
  { paging, results: fc.oneof(odd, fc.array(fc.oneof(odd, order), { maxLength: 3 })) },
  { requiredKeys: [] },
);
const bulk = fc.array(
  fc.oneof(odd, fc.record({ status_code: odd, code: odd, body: fc.oneof(odd, item) }, { requiredKeys: [] })),
  { maxLength: 3 },
);
const body = fc
  .oneof(envelope, message, order, search, bulk, odd)
  .map((value) => (value === undefined ? undefined : JSON.stringify(value)));

describe.each(Object.keys(CALLS))("%s", (name) => {
  const call = CALLS[name];

  it.each(["LOCAL", "GLOBAL"] as const)(
    "ends in %s with a value or a MeliError, whatever the answer holds",
    async (profile) => {
      if (call === undefined) throw new Error("no such call");
      const statuses = fc.constantFrom(
        200,
        200,
        200,
        200,
        201,
        204,
        206,
        302,
        400,
        401,
        403,
        404,
        409,
        429,
        500,
      );
      await fc.assert(
        fc.asyncProperty(body, statuses, async (text, status) => {
          const { meli } = client([{ status, body: text }], { profile, lane: "open" });
          try {
            await call(meli);
          } catch (error) {
            if (!(error instanceof MeliError)) throw error;
            expect(error.failure.requestId).toBe("req-1");
          }
        }),
        { numRuns: 150 },
      );
    },
  );
});

it("finds every message that has an id and a sender, whatever else is odd about it", async () => {
  const sane = fc.tuple(message, fc.uuid()).map(([base, id]) => ({
    ...(typeof base === "object" && base !== null && !Array.isArray(base) ? base : {}),
    id,
    from: { user_id: 5 },
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(sane, { maxLength: 5 }), async (messages) => {
      const { meli } = client([{ body: { messages } }]);
      const read = await readConversation(meli, ref);
      expect(read.messages.map((one) => one.id).toSorted()).toEqual(messages.map((one) => one.id).toSorted());
      for (const one of read.messages) expect(Number.isNaN(one.createdAt.getTime())).toBe(false);
    }),
  );
});
