import { describe, expect, it } from "vitest";
import type { GuideOption } from "@/lib/shared/api/thread";
import { WORDS } from "@/lib/shared/words/words";
import {
  checkVars,
  GUIDE_REASONS,
  isStarting,
  offOf,
  pickedOf,
  reasonKeyOf,
  roleOf,
  startsOf,
  varNameOf,
} from "./guide";

const option = (id: string, more: Partial<GuideOption> = {}): GuideOption => ({
  id,
  kind: "free_text",
  templates: [],
  maxLength: 350,
  left: 1,
  isEnabled: true,
  ...more,
});
const template = (id: string, more: Partial<GuideOption> = {}) =>
  option(id, { kind: "template", templates: [{ id: `TEMPLATE___${id}___1`, vars: [] }], ...more });

const INIT = "TEMPLATE___DELIVERY_PROMISE___1___VAR___INIT";
const LIMIT = "TEMPLATE___DELIVERY_PROMISE___1___VAR___LIMIT";

describe("a reason", () => {
  it("has words of its own in every language, and so has one that nobody knows", () => {
    for (const words of Object.values(WORDS)) {
      expect(Object.keys(words.guide.option).sort()).toEqual([...GUIDE_REASONS, "unknown"].sort());
    }
    expect([reasonKeyOf("other"), reasonKeyOf("SEND_A_GIFT")]).toEqual(["OTHER", "unknown"]);
  });

  it("can be used while something of it is left, and when Mercado Libre does not tell how much", () => {
    expect(offOf(option("OTHER"))).toBeNull();
    expect(offOf(option("OTHER", { left: null }))).toBeNull();
    expect(offOf(option("OTHER", { left: 0 }))).toBe("spent");
    expect(offOf(option("OTHER", { isEnabled: false }))).toBe("disabled");
    expect(offOf(template("REQUEST_VARIANTS"))).toBeNull();
    expect(offOf(template("REQUEST_VARIANTS", { templates: [] }))).toBe("no_template");
  });
});

describe("the picked reason", () => {
  const invoice = option("SEND_INVOICE_LINK");
  const other = option("OTHER");
  const billing = template("REQUEST_BILLING_INFO");

  it("is the one that fits anything, until the seller chooses", () => {
    expect(pickedOf([billing, invoice, other], null)).toBe(other);
    expect(pickedOf([billing, invoice, other], "REQUEST_BILLING_INFO")).toBe(billing);
  });

  it("is no other that nobody chose", () => {
    expect(pickedOf([billing, invoice], null)).toBeNull();
    expect(pickedOf([billing, invoice], "SEND_INVOICE_LINK")).toBe(invoice);
  });

  it("falls back when the chosen one is used up or no longer offered", () => {
    const spent = option("SEND_INVOICE_LINK", { left: 0 });
    expect(pickedOf([spent, other], "SEND_INVOICE_LINK")).toBe(other);
    expect(pickedOf([other], "GONE")).toBe(other);
    expect(pickedOf([spent, billing], "SEND_INVOICE_LINK")).toBeNull();
  });
});

describe("the hours of a delivery promise", () => {
  const check = (from: string, to: string) => checkVars([INIT, LIMIT], { [INIT]: from, [LIMIT]: to });

  it("are told apart by their ids", () => {
    expect([roleOf(INIT), roleOf(LIMIT), roleOf("X___VAR___DAYS")]).toEqual(["from", "to", "other"]);
    expect(varNameOf("X___VAR___DAYS")).toBe("DAYS");
  });

  it("are numbers under Mercado Libre's ids", () => {
    const vars = [
      { id: INIT, value: 12 },
      { id: LIMIT, value: 18 },
    ];
    expect(check("12", " 18 ")).toEqual({ kind: "fine", vars });
  });

  it.each([
    ["", "18", "missing"],
    ["12", "", "missing"],
    ["0", "18", "whole"],
    ["1.5", "18", "whole"],
    ["-1", "18", "whole"],
    ["1e1", "18", "whole"],
    ["12", "25", "whole"],
    ["18", "12", "order"],
    ["12", "12", "order"],
  ])("from %j to %j are not sent: %s", (from, to, kind) => {
    expect(check(from, to)).toEqual({ kind });
  });
});

describe("a message with a reason", () => {
  const choice = { optionId: "OTHER", templateId: null, vars: [] };

  it("blocks the next one while it is on its way, and a plain reply does not", () => {
    expect(isStarting([{ option: choice, state: "queued" }])).toBe(true);
    expect(isStarting([{ option: choice, state: "uncertain" }])).toBe(true);
    expect(isStarting([{ option: choice, state: "failed" }])).toBe(false);
    expect(isStarting([{ option: null, state: "queued" }])).toBe(false);
  });

  it("asks for what is left anew with each of its states", () => {
    const at = (state: "queued" | "sent") => startsOf([{ id: "1", option: choice, state }]);
    expect(at("queued")).not.toBe(at("sent"));
    expect(startsOf([{ id: "1", option: null, state: "queued" }])).toBe("");
  });
});
