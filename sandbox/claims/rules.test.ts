import { describe, expect, it } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, textAt } from "@/sandbox/testing";

const PATH = "/marketplace/automatic/rules/refund";
const RULE = {
  active: true,
  price_range: { from: 0, to: 10, all_prices: false },
  refund_offer: 30,
  logistic: ["global_seller"],
  reason: ["product_is_damaged"],
};

async function start(siteId = "CBT") {
  const sandbox = createSandbox();
  const api = drive(sandbox);
  const seller = textAt((await api.control("/sellers", { siteId })).body, "id");
  const { access } = await api.connect(seller);
  const call = async (method: string, body: unknown) => {
    const response = await sandbox.fetch(
      new Request(`http://sandbox.test${PATH}`, {
        method,
        body: JSON.stringify(body),
        headers: { authorization: `Bearer ${access}` },
      }),
    );
    const told: unknown = await response.json();
    return { status: response.status, body: told };
  };
  return { list: () => api.get(PATH, access), call };
}

describe("automatic partial refunds (claims.md 6.4)", () => {
  it("are made, changed, listed and deleted as lists", async () => {
    const { list, call } = await start();
    const made = await call("POST", [RULE]);
    const id = textAt(made.body, 0, "id");
    expect(id).toMatch(/^DecisionRule_[0-9a-f-]{36}$/);
    await call("PUT", [{ ...RULE, id, refund_offer: 50 }]);
    expect((await list()).body).toEqual([{ ...RULE, id, refund_offer: 50 }]);
    expect((await call("DELETE", { id: [id] })).status).toBe(200);
    expect((await list()).body).toEqual([]);
  });

  it.each([
    ["invalid_percentage", { ...RULE, refund_offer: 35 }],
    ["invalid_percentage", { ...RULE, refund_offer: 100 }],
    ["invalid_price_range", { ...RULE, price_range: { from: 10, to: 5, all_prices: false } }],
    ["invalid_logistic", { ...RULE, logistic: ["drone"] }],
    ["invalid_reason", { ...RULE, reason: [] }],
  ])("refuse %s", async (error, rule) => {
    const { status, body } = await (await start()).call("POST", [rule]);
    expect([status, at(body, "error")]).toEqual([400, error]);
  });

  it("refuse two that speak of the same refund, and a seventh", async () => {
    const { call } = await start();
    const at10 = (from: number) => ({ ...RULE, price_range: { from, to: from + 10, all_prices: false } });
    await call("POST", [RULE]);
    expect(at((await call("POST", [at10(5)])).body, "error")).toBe("rule_overlap");
    expect((await call("POST", [10, 20, 30, 40, 50].map(at10))).status).toBe(201);
    expect(at((await call("POST", [at10(60)])).body, "error")).toBe("max_rules_exceeded");
  });

  it("are 404 for a rule of nobody, and 401 for an account of one country", async () => {
    const { call } = await start();
    const none = await call("PUT", [{ ...RULE, id: "DecisionRule_1" }]);
    expect([none.status, at(none.body, "error")]).toEqual([404, "not_found"]);
    const local = await (await start("MLA")).list();
    expect([local.status, at(local.body, "error")]).toEqual([401, "unauthorized_scopes"]);
  });
});
