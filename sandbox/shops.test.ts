import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { LivingShop } from "@/sandbox/control/living-shop";
import { createSandbox } from "@/sandbox/create-sandbox";
import { sampleFile } from "@/sandbox/files/sample-file";
import { isSupportedText, lengthOf } from "@/sandbox/messages/text-rules";
import { buildShops } from "@/sandbox/shops/build-shops";
import { at, drive, listAt, textAt } from "@/sandbox/testing";
import { World } from "@/sandbox/world/world";

/** Every substatus of messages.md 6, both spellings of mediation included. */
const CATALOGUE = [
  "blocked_by_time",
  "blocked_by_buyer",
  "blocked_by_mediation",
  "bloqued_by_mediation",
  "blocked_by_mediation_fbm",
  "blocked_by_fulfillment",
  "blocked_by_payment",
  "blocked_by_conversation_initiated_by_seller",
  "blocked_by_conversation_initiated_by_seller_limited",
  "blocked_by_conversation_use_message_api",
  "blocked_by_cancelled_order",
  "blocked_by_cancelled_order_by_fraud",
  "blocked_by_cancelled_order_hidden",
  "blocked_by_conversation_expired",
  "blocked_by_refund",
  "blocked_by_claim_change_open",
  "blocked_by_claim_change_closed",
  "blocked_by_deactivated_account",
  "blocked_by_restrictions",
  "blocked_by_message_pending_review",
  "blocked_by_return_to_buyer_fulfillment",
  "blocked_by_ai_assistant",
  "blocked_by_ai_assistant_expired",
  "blocked_by_ai_assistant_contact_closed",
  "block_by_ai_assistant_initiated_by_seller_expired",
  "blocked_by_resale",
  "blocked_by_proximity_groceries",
  "blocked_by_guest_shops",
  "blocked_by_claim",
];

const built = () => {
  const world = new World(() => new Date("2026-11-20T15:00:00Z"));
  buildShops(world);
  return world;
};

describe("the shops", () => {
  const world = built();
  const threads = [...world.threads.values()];
  const talks = threads.filter((thread) => thread.messages.length > 0);

  it("hold 60 threads in Argentina, 40 in Brazil, 20 in Global Selling, and quiet sales beside them", () => {
    const count = (nickname: string) =>
      threads.filter((thread) => world.sellers.get(thread.sellerId)?.nickname === nickname).length;
    expect(count("CASA NORTE")).toBeGreaterThanOrEqual(60);
    expect(count("LOJA BOA VISTA")).toBeGreaterThanOrEqual(40);
    expect(count("PACIFIC GOODS")).toBeGreaterThanOrEqual(20);
    expect(threads.length - talks.length).toBeGreaterThanOrEqual(40);
  });

  it("show every substatus of the catalogue", async () => {
    const api = drive(createSandbox({ scenario: "shops" }));
    const rows = listAt((await api.control("/threads")).body, "threads");
    const seen = new Set(rows.map((row) => textAt(row, "substatus")));
    expect(CATALOGUE.filter((substatus) => !seen.has(substatus))).toEqual([]);
  });

  it("hold long talks, every kind of file, moderated messages, agents, and a third unread", () => {
    expect(talks.filter((thread) => thread.messages.length > 10).length).toBeGreaterThanOrEqual(5);
    expect(Math.max(...talks.map((thread) => thread.messages.length))).toBeGreaterThan(60);
    const types = new Set([...world.attachments.values()].map((file) => file.type));
    expect([...types].toSorted()).toEqual([
      "application/pdf",
      "image/heic",
      "image/jpeg",
      "image/png",
      "text/plain",
    ]);
    const all = talks.flatMap((thread) => thread.messages);
    expect(all.filter((message) => message.moderation.status === "rejected").length).toBeGreaterThanOrEqual(
      4,
    );
    expect(talks.filter((thread) => thread.isAgent).length).toBeGreaterThanOrEqual(5);
    expect(talks.some((thread) => thread.sellerMaxLength === 3500)).toBe(true);
    const unread = talks.filter((thread) =>
      thread.messages.some((one) => one.author === "buyer" && !one.readAt),
    ).length;
    expect(unread / talks.length).toBeGreaterThan(0.25);
    expect(unread / talks.length).toBeLessThan(0.55);
  });

  it.each(["700000001", "700000002", "700000003"])(
    "let seller %s answer the conversation that has been unread for longest",
    async (sellerId) => {
      const api = drive(createSandbox({ scenario: "shops" }));
      const unread = listAt((await api.control("/threads")).body, "threads")
        .filter((row) => textAt(row, "sellerId") === sellerId && Number(at(row, "unread")) > 0)
        .toSorted((a, b) => textAt(a, "last", "createdAt").localeCompare(textAt(b, "last", "createdAt")));
      expect(unread[0]).toMatchObject({ status: "active", substatus: null });
    },
  );

  it("hold what a new user looks for: sales to open with a reason, a rejected text, a hidden one, a long talk", async () => {
    const api = drive(createSandbox({ scenario: "shops" }));
    const rows = listAt((await api.control("/threads")).body, "threads");
    const tokens = new Map<string, string>();
    const ofBuyer = async (buyerName: string) => {
      const row = rows.find((one) => at(one, "buyerName") === buyerName);
      const [seller, pack] = [textAt(row, "sellerId"), textAt(row, "packId")];
      const access = tokens.get(seller) ?? (await api.connect(seller)).access;
      tokens.set(seller, access);
      return { row, seller, pack, access, held: (await api.control(`/threads/${pack}`)).body };
    };
    const guide = async (buyerName: string) => {
      const { pack, access } = await ofBuyer(buyerName);
      return (await api.get(`/messages/action_guide/packs/${pack}?tag=post_sale`, access)).body;
    };
    const named = (body: unknown, id: string) => listAt(body, "options").find((one) => at(one, "id") === id);
    expect(at((await ofBuyer("Milagros Ferreira")).held, "shipment", "logisticType")).toBe("fulfillment");
    for (const buyer of ["Milagros Ferreira", "Natália Bragança"]) {
      expect(named(await guide(buyer), "OTHER")).toMatchObject({ cap_available: 1 });
    }
    expect(named(await guide("Bautista Roldán"), "DELIVERY_PROMISE")).toMatchObject({ cap_available: 1 });
    expect(at(await guide("Graciela Ibarra"), "cause")).toBe("blocked_by_excepted_case");
    expect(at((await ofBuyer("Noelia Franco")).held, "caps", "OTHER")).toBe(0);

    expect(at((await ofBuyer("Luciano Bossi")).held, "messages", 1, "status")).toBe("moderated");
    const late = async () => at((await ofBuyer("Jimena Oroño")).held, "messages", 1, "status");
    expect(await late()).toBe("available");
    await api.control("/clock", { advanceMs: 3 * 60_000 });
    expect(await late()).toBe("moderated");
    const hidden = await ofBuyer("Ulises Marconi");
    const path = `/messages/packs/${hidden.pack}/sellers/${hidden.seller}?tag=post_sale&mark_as_read=false`;
    expect([
      at((await api.get(path, hidden.access)).body, "paging", "total"),
      at(hidden.row, "unread"),
    ]).toEqual([2, 1]);
    expect(listAt((await ofBuyer("Esteban Fontana")).held, "messages")).toHaveLength(320);

    const files = [...listAt((await ofBuyer("Nélida Farías")).held, "messages", 0, "attachments")];
    expect(files.map((file) => at(file, "isGone"))).toEqual([false, false, false, false, true]);
    expect(at((await ofBuyer("Renê Couto")).held, "messages", 0, "attachments", 0, "type")).toBe(
      "image/heic",
    );
    const migrated = listAt((await ofBuyer("Evandro Peixoto")).held, "messages");
    expect(migrated.map((one) => at(one, "isViaAgent"))).toEqual([false, false, true]);
    expect((await ofBuyer("Mônica Varella")).row).toMatchObject({ isAgent: true, status: "active" });

    const spent = await ofBuyer("Ximena Olvera");
    const again = await api.post(`/marketplace/messages/packs/${spent.pack}`, spent.access, { text: "Hola" });
    expect(at(again.body, "message")).toBe("You are not allowed to execute the option OTHER again");
  });

  it("say only what Mercado Libre would have taken, each thing once", () => {
    const all = talks.flatMap((thread) => thread.messages);
    expect(all.filter((message) => message.author === "seller" && !isSupportedText(message.text))).toEqual(
      [],
    );
    expect(all.filter((message) => message.author === "seller" && lengthOf(message.text) > 350)).toEqual([]);
    expect(new Set(all.map((message) => message.text)).size).toBe(all.length);
    const abroad = talks
      .filter((thread) => thread.sellerId !== thread.localSellerId)
      .flatMap((thread) => thread.messages);
    expect(abroad.every((message) => message.textTranslated)).toBe(true);
  });

  it("lie in the past, the newest minutes ago, in order", () => {
    const now = world.now().getTime();
    const newest = Math.max(
      ...talks.flatMap((thread) => thread.messages.map((message) => message.createdAt.getTime())),
    );
    expect(now - newest).toBeLessThan(10 * 60_000);
    for (const { messages, soldAt } of talks) {
      expect(
        messages.every(
          (message, index) => index === 0 || message.createdAt >= (messages[index - 1]?.createdAt ?? 0),
        ),
      ).toBe(true);
      expect(soldAt.getTime()).toBeLessThan(messages[0]?.createdAt.getTime() ?? 0);
      expect(messages.at(-1)?.createdAt.getTime()).toBeLessThanOrEqual(now);
    }
  });

  it("have the same ids on every start, whatever the day", () => {
    const other = new World(() => new Date("2027-02-03T08:30:00Z"));
    buildShops(other);
    expect([...other.messages.keys()]).toEqual([...world.messages.keys()]);
    expect([...other.threads.keys()]).toEqual([...world.threads.keys()]);
    expect([...other.attachments.keys()]).toEqual([...world.attachments.keys()]);
  });

  it("come to life: buyers ask, write, pay and block by themselves", () => {
    const lively = built();
    const living = new LivingShop(lively);
    const acts = new Set(Array.from({ length: 400 }, () => living.step()?.act));
    expect([...acts].toSorted()).toEqual(["asks", "blocks", "claims", "pays", "writes"]);
    expect(lively.claims.size).toBeGreaterThan(world.claims.size);
    expect(lively.questions.size).toBeGreaterThan(world.questions.size + 20);
    expect(lively.messages.size).toBeGreaterThan(world.messages.size + 200);
    expect(living.isOn).toBe(false);
  });
});

describe("sample files", () => {
  it("are a PNG whose pixels inflate, a JPEG with both marks, a PDF whose table points at its objects", () => {
    const png = Buffer.from(sampleFile("image/png", "caja.png"));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    const length = png.readUInt32BE(33);
    expect(inflateSync(png.subarray(41, 41 + length)).byteLength).toBe(240 * (320 * 3 + 1));
    const jpeg = sampleFile("image/jpeg", "caja.jpg");
    expect([...jpeg.slice(0, 2), ...jpeg.slice(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
    const pdf = Buffer.from(sampleFile("application/pdf", "factura.pdf")).toString("latin1");
    const table = Number(/startxref\n(\d+)/.exec(pdf)?.[1]);
    expect(pdf.slice(table, table + 4)).toBe("xref");
    expect(Buffer.from(sampleFile("image/heic", "foto.heic")).toString("latin1", 4, 12)).toBe("ftypheic");
    for (const [index, match] of [...pdf.matchAll(/^(\d{10}) 00000 n/gm)].entries()) {
      expect(pdf.slice(Number(match[1])).startsWith(`${index + 1} 0 obj`)).toBe(true);
    }
  });

  it("grow to the size asked for", () => {
    expect(sampleFile("application/pdf", "grande.pdf", 2_000_000).byteLength).toBe(2_000_000);
    expect(sampleFile("text/plain", "nota.txt", 5).byteLength).toBeGreaterThan(5);
  });
});

describe("the control API", () => {
  it("seeds a seller apart from all others, and answers what was made", async () => {
    const api = drive(createSandbox());
    const seeds = {
      siteId: "MLB",
      nickname: "LOJA",
      threads: [
        {
          buyerName: "Ana Paz",
          messages: [{ from: "buyer", text: "Oi", attachments: [{ name: "a.png", type: "image/png" }] }],
        },
      ],
    };
    const replies = await Promise.all(Array.from({ length: 30 }, () => api.control("/sellers", seeds)));
    const ids = replies.map((reply) => textAt(reply.body, "id"));
    expect(new Set(ids).size).toBe(30);
    for (const reply of replies) {
      expect(reply.status).toBe(201);
      const unread = await api.control(`/unread?sellerId=${textAt(reply.body, "id")}`);
      expect(listAt(unread.body, "packs")).toEqual([
        { packId: textAt(reply.body, "threads", 0, "packId"), count: 1 },
      ]);
    }
  });

  it("shows sellers and settings, resets, and refuses what it does not know", async () => {
    const api = drive(createSandbox({ scenario: "shops" }));
    const { body } = await api.control("/state");
    expect(listAt(body, "sellers").map((seller) => textAt(seller, "siteId"))).toEqual([
      "MLA",
      "MLB",
      "CBT",
      "MLC",
    ]);
    expect(at(body, "settings", "expiresIn")).toBe(21_600);
    expect(listAt((await api.control("/reset", { scenario: "empty" })).body, "sellers")).toEqual([]);
    expect(listAt((await api.control("/reset", { scenario: "shops" })).body, "sellers")).toHaveLength(4);
    expect((await api.control("/settings", { expireIn: 5 })).status).toBe(422);
    expect((await api.control("/settings", { expiresIn: "5" })).status).toBe(422);
    expect((await api.control("/sellers", { siteId: "XXX" })).status).toBe(422);
    expect((await api.control("/nowhere")).status).toBe(404);
    expect((await api.control("/threads/1")).status).toBe(404);
  });

  it("lets the buyer read, pay, and send a file that the seller downloads", async () => {
    const api = drive(createSandbox());
    const seeds = {
      siteId: "MLA",
      threads: [
        { status: "blocked", substatus: "blocked_by_payment", messages: [{ from: "seller", text: "Hola" }] },
      ],
    };
    const { body } = await api.control("/sellers", seeds);
    const packId = textAt(body, "threads", 0, "packId");
    const { access } = await api.connect(textAt(body, "id"));
    expect((await api.control("/buyer/pay", { packId })).body).toMatchObject({ status: "active" });
    await api.control("/buyer/read", { packId });
    const sent = {
      packId,
      text: "Mirá",
      attachments: [{ name: "foto.txt", type: "text/plain", base64: "aG9sYQ==" }],
    };
    expect(textAt((await api.control("/buyer/message", sent)).body, "messageId")).toMatch(/^[0-9a-f]{32}$/);
    const read = await api.get(
      `/messages/packs/${packId}/sellers/${textAt(body, "id")}?tag=post_sale`,
      access,
    );
    const filename = textAt(read.body, "messages", 0, "message_attachments", 0, "filename");
    expect(textAt(read.body, "messages", 1, "message_date", "read")).not.toBe("");
    expect((await api.get(`/messages/attachments/${filename}?tag=post_sale&site_id=MLA`, access)).text).toBe(
      "hola",
    );
    expect(
      at((await api.get(`/orders/${textAt(body, "threads", 0, "orderIds", 0)}`, access)).body, "status"),
    ).toBe("paid");
  });

  it("serves the buyer's page and its parts, under a strict policy", async () => {
    const api = drive(createSandbox());
    for (const [path, type] of [
      ["/", "text/html"],
      ["/page/buyer.css", "text/css"],
      ["/page/controls.css", "text/css"],
      ["/page/choices.js", "text/javascript"],
      ["/page/claims.js", "text/javascript"],
      ["/page/questions.js", "text/javascript"],
      ["/page/dom.js", "text/javascript"],
      ["/page/buyer.js", "text/javascript"],
      ["/page/notifications.js", "text/javascript"],
      ["/page/troubles.js", "text/javascript"],
    ]) {
      const reply = await api.get(path ?? "");
      expect(reply.status).toBe(200);
      expect(reply.headers.get("content-type")).toContain(type);
      expect(reply.headers.get("content-security-policy")).toContain("default-src 'self'");
    }
  });

  it("listens on the loopback interface only", async () => {
    await expect(createSandbox().listen({ host: "0.0.0.0" })).rejects.toThrow("loopback");
    const server = await createSandbox().listen();
    expect((await fetch(`${server.url}/__sandbox/state`)).status).toBe(200);
    await server.close();
    await expect(fetch(`${server.url}/__sandbox/state`)).rejects.toThrow();
  });
});
