import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  globalQuestion,
  questionById,
  searchedQuestion,
} from "@/lib/server/mercadolibre/testing/wire-questions";
import { parseJson } from "./json";
import { integer, question, questionIn } from "./question-wire";

const read = (wire: unknown) => question.parse(wire);

describe("a question", () => {
  it("is read as a search gives it", () => {
    expect(read(searchedQuestion)).toEqual({
      id: "13000000001",
      sellerId: "700000001",
      itemId: "MLA1000000001",
      marketplaceItemId: null,
      siteId: "MLA",
      status: "UNANSWERED",
      text: "¿Hay stock?",
      textTranslated: null,
      createdAt: new Date("2026-10-08T18:50:27.938Z"),
      updatedAt: null,
      answer: null,
      buyerId: "700000099",
      buyer: null,
      isDeletedFromListing: false,
      isOnHold: false,
      isSuspectedSpam: false,
      appId: null,
    });
  });

  it("is the same by id, with nine fractional digits, without `from` and `suspected_spam`", () => {
    expect(read(questionById)).toEqual({
      ...read(searchedQuestion),
      updatedAt: new Date("2026-10-08T18:51:00Z"),
      appId: "7092",
    });
  });

  it("keeps the translations, the local item and the site of GLOBAL", () => {
    expect(read(globalQuestion)).toMatchObject({
      itemId: "CBT1000000001",
      marketplaceItemId: "MLM1000000001",
      siteId: "MLM",
      textTranslated: "Is it in stock?",
      answer: {
        text: "Sí",
        textTranslated: "Yes",
        status: "ACTIVE",
        createdAt: new Date("2026-10-08T19:00:00Z"),
      },
    });
  });

  it.each<[object, string | null]>([
    [{ site_id: "MLB" }, "MLB"],
    [{ site_id: undefined }, "MLM"],
    [{ site_id: undefined, marketplace_item_id: null }, null],
  ])("was asked where it says, else where its item is sold, and never on CBT: %j", (more, siteId) => {
    expect(read({ ...globalQuestion, ...more }).siteId).toBe(siteId);
  });

  it("keeps one that was banned, with an empty text", () => {
    expect(read({ ...searchedQuestion, status: "BANNED", text: "" })).toMatchObject({
      status: "BANNED",
      text: "",
    });
  });

  it("keeps an answer that was banned, with an empty text", () => {
    const banned = { text: "", status: "BANNED", date_created: "2026-10-08T14:55:00.000-04:00" };
    expect(read({ ...searchedQuestion, status: "ANSWERED", answer: banned }).answer).toEqual({
      text: "",
      textTranslated: null,
      status: "BANNED",
      createdAt: new Date("2026-10-08T18:55:00Z"),
    });
  });

  it.each([[null], [undefined], [{}], [{ text: null }], ["Sí"], [[]]])("takes %j for no answer", (answer) => {
    expect(read({ ...searchedQuestion, answer }).answer).toBeNull();
  });

  it("writes every status in upper case and knows no closed set of them", () => {
    expect(read({ ...searchedQuestion, status: "closed_unanswered" }).status).toBe("CLOSED_UNANSWERED");
    expect(read({ ...searchedQuestion, status: "SOMETHING_NEW" }).status).toBe("SOMETHING_NEW");
    const answer = { text: "Sí", status: "disabled" };
    expect(read({ ...searchedQuestion, answer }).answer?.status).toBe("DISABLED");
    expect(read({ ...searchedQuestion, answer: { text: "Sí" } }).answer?.status).toBe("UNKNOWN");
  });

  it.each<[string, object, string | null]>([
    ["`from`", { from: { id: 5 }, buyer_id: 6 }, "5"],
    ["`buyer_id`", { from: undefined, buyer_id: 6 }, "6"],
    ["`buyer_id` where `from` has no id", { from: { answered_questions: 2 }, buyer_id: "6" }, "6"],
    ["`buyer_id` where `from` is null", { from: null, buyer_id: 6 }, "6"],
    ["neither", { from: undefined }, null],
    ["nobody, whose id is 0", { from: { id: 0 }, buyer_id: 0 }, null],
  ])("takes the buyer from %s", (_name, more, buyerId) => {
    expect(read({ ...searchedQuestion, ...more }).buyerId).toBe(buyerId);
  });

  it("tells who asks on a classified listing", () => {
    const from = {
      id: 700000099,
      first_name: "Ana",
      last_name: "Prueba",
      email: "ana@example.test",
      phone: { area_code: 11, number: "40000000" },
    };
    expect(read({ ...questionById, from }).buyer).toEqual({
      name: "Ana Prueba",
      email: "ana@example.test",
      phone: "11 40000000",
    });
    expect(read({ ...questionById, from: { id: 1, last_name: "Prueba", phone: "400" } }).buyer).toEqual({
      name: "Prueba",
      email: null,
      phone: "400",
    });
    expect(
      read({ ...questionById, from: { id: 1, first_name: " ", email: "", phone: { number: null } } }).buyer,
    ).toBeNull();
  });

  it.each([true, "true"])("reads %j as yes", (yes) => {
    expect(
      read({ ...searchedQuestion, hold: yes, suspected_spam: yes, deleted_from_listing: yes }),
    ).toMatchObject({ isOnHold: true, isSuspectedSpam: true, isDeletedFromListing: true });
  });

  it.each(["id", "item_id", "status", "date_created"])("is none without %s", (key) => {
    expect(questionIn({ ...searchedQuestion, [key]: undefined })).toBeNull();
    expect(questionIn({ ...searchedQuestion, [key]: null })).toBeNull();
  });

  it("keeps ids beyond 2^53 to the last digit", () => {
    const text = JSON.stringify(searchedQuestion)
      .replace("13000000001", "9007199254740993")
      .replace("700000099", "9223372036854775807");
    expect(read(parseJson(text))).toMatchObject({ id: "9007199254740993", buyerId: "9223372036854775807" });
  });

  it("is read whatever the fraction and the offset of its dates", () => {
    const fraction = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 0, maxLength: 9 });
    const offset = fc.constantFrom("Z", "-04:00", "-0400", "+00:00", "-03:00");
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000_000_000, max: 3_000_000_000 }),
        fraction,
        offset,
        (seconds, digits, zone) => {
          const ms = Number(digits.slice(0, 3).padEnd(3, "0"));
          const away = zone === "Z" ? 0 : Number(zone.slice(0, 3)) * 3_600_000;
          const local = new Date(seconds * 1_000 + away).toISOString().slice(0, 19);
          const written = `${local}${digits === "" ? "" : `.${digits}`}${zone}`;
          const { createdAt, updatedAt } = read({
            ...questionById,
            date_created: written,
            last_updated: written,
          });
          expect(createdAt.getTime()).toBe(seconds * 1_000 + ms);
          expect(updatedAt).toEqual(createdAt);
        },
      ),
    );
  });

  it("survives anything in the place of what may be missing", () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, null, "", 0, -1, [], {}, [[]]));
    const optional = [
      "seller_id",
      "marketplace_item_id",
      "site_id",
      "text",
      "text_translated",
      "last_updated",
      "answer",
      "from",
      "buyer_id",
      "deleted_from_listing",
      "hold",
      "suspected_spam",
      "app_id",
    ];
    const any = fc.record(Object.fromEntries(optional.map((key) => [key, odd])), { requiredKeys: [] });
    fc.assert(
      fc.property(any, (more) => {
        const found = read({ ...searchedQuestion, ...more });
        expect(found.id).toBe("13000000001");
        expect(typeof found.text).toBe("string");
        expect(found.updatedAt === null || !Number.isNaN(found.updatedAt.getTime())).toBe(true);
        expect(found.buyerId === null || /^[0-9]+$/.test(found.buyerId)).toBe(true);
      }),
    );
  });
});

describe("integer", () => {
  it("writes any id as the JSON number of the same digits", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n - 1n }), (id) => {
        expect(integer(String(id))).toBe(String(id));
      }),
    );
    expect(integer("007")).toBe("7");
  });

  it.each(["", "1.5", "-1", "1e3", "1,2", '1,"a":2'])("refuses %j, which is no id", (id) => {
    expect(() => integer(id)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });
});
