import { Hono } from "hono";
import { z } from "zod";
import type { RefundRule } from "@/sandbox/claims/model";
import { plainRefusal } from "@/sandbox/claims/refuse";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import { uuid } from "@/sandbox/world/random";
import { standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** claims.md 6.4 */
const MAX_RULES = 6;
const LOGISTICS = ["global_seller", "cbt_fulfillment", "cbt_fulfillment_us", "cbt_on_site"];
const REASONS = [
  "all_reasons",
  "product_is_damaged",
  "product_is_different",
  "product_does_not_work",
  "buyer_regretted_purchase",
];

const Rule = z.object({
  id: z.string().optional(),
  active: z.boolean().default(true),
  price_range: z.object({
    from: z.number().nullish(),
    to: z.number().nullish(),
    all_prices: z.boolean().default(false),
  }),
  refund_offer: z.number(),
  logistic: z.array(z.string()),
  reason: z.array(z.string()),
});
const Rules = z.array(Rule).min(1);
const Ids = z.object({ id: z.array(z.string()) });

/** Automatic partial refunds, Global Selling only (claims.md 2 row 29; 6.4). */
export function ruleRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.use("*", async (c, next) => {
    // claims.md 6.4: scope `partial_refund_express`
    if (c.var.seller.siteId !== "CBT") throw standard(401, "unauthorized_scopes", "unauthorized_scopes");
    await next();
  });
  app.get("/", (c) => c.json(ownRules(world, c).map(wireRule)));
  app.post("/", async (c) => {
    const told = await bodyOf(c, Rules);
    const made = told.map((rule) => ruleOf(c, rule, `DecisionRule_${uuid(world.random)}`));
    if (ownRules(world, c).length + made.length > MAX_RULES) throw wrong("max_rules_exceeded");
    keep(world, c, made);
    return c.json(made.map(wireRule), 201);
  });
  app.put("/", async (c) => {
    const told = await bodyOf(c, Rules);
    const made = told.map((rule) => {
      const old = world.refundRules.get(rule.id ?? "");
      if (old?.sellerId !== c.var.seller.id) throw plainRefusal(404, "not_found", "Rule not found");
      return ruleOf(c, rule, old.id);
    });
    keep(world, c, made);
    return c.json(made.map(wireRule));
  });
  app.delete("/", async (c) => {
    const { id: ids } = await bodyOf(c, Ids);
    for (const id of ids) {
      if (world.refundRules.get(id)?.sellerId !== c.var.seller.id) {
        throw plainRefusal(404, "not_found", "Rule not found");
      }
    }
    for (const id of ids) world.refundRules.delete(id);
    return c.json({ id: ids });
  });
  return app;
}

/** @throws Refusal 400 with the code of claims.md 6.4 */
function ruleOf(c: ApiContext, told: z.infer<typeof Rule>, id: string): RefundRule {
  const { price_range, refund_offer, logistic, reason, active } = told;
  const { from = null, to = null, all_prices } = price_range;
  const isRange = from !== null && to !== null && from >= 0 && from < to;
  if (!all_prices && !isRange) throw wrong("invalid_price_range");
  if (refund_offer < 10 || refund_offer > 90 || refund_offer % 10 !== 0) throw wrong("invalid_percentage");
  if (logistic.length === 0 || logistic.some((one) => !LOGISTICS.includes(one))) {
    throw wrong("invalid_logistic");
  }
  if (reason.length === 0 || reason.some((one) => !REASONS.includes(one))) throw wrong("invalid_reason");
  return {
    id,
    sellerId: c.var.seller.id,
    active,
    from,
    to,
    allPrices: all_prices,
    offer: refund_offer,
    logistic,
    reason,
  };
}

/** All or none: two rules must not speak of the same refund. */
function keep(world: World, c: ApiContext, made: RefundRule[]): void {
  const ids = new Set(made.map(({ id }) => id));
  const all = [...ownRules(world, c).filter(({ id }) => !ids.has(id)), ...made];
  const isOverlap = all.some((one, index) => all.slice(index + 1).some((other) => overlaps(one, other)));
  if (isOverlap) throw wrong("rule_overlap");
  for (const rule of made) world.refundRules.set(rule.id, rule);
}

function overlaps(a: RefundRule, b: RefundRule): boolean {
  const shares = (one: string[], other: string[]) => one.some((name) => other.includes(name));
  const isPrice = a.allPrices || b.allPrices || ((a.from ?? 0) < (b.to ?? 0) && (b.from ?? 0) < (a.to ?? 0));
  const isReason =
    a.reason.includes("all_reasons") || b.reason.includes("all_reasons") || shares(a.reason, b.reason);
  return isPrice && isReason && shares(a.logistic, b.logistic);
}

function ownRules(world: World, c: ApiContext): RefundRule[] {
  return [...world.refundRules.values()].filter(({ sellerId }) => sellerId === c.var.seller.id);
}

function wireRule(rule: RefundRule): object {
  return {
    id: rule.id,
    active: rule.active,
    price_range: { from: rule.from, to: rule.to, all_prices: rule.allPrices },
    refund_offer: rule.offer,
    logistic: rule.logistic,
    reason: rule.reason,
  };
}

async function bodyOf<T extends z.ZodType>(c: ApiContext, schema: T): Promise<z.infer<T>> {
  const told = schema.safeParse(await c.req.json().catch(() => null));
  if (!told.success) throw wrong("bad_request");
  return told.data;
}

function wrong(error: string) {
  return plainRefusal(400, error, error.replaceAll("_", " "));
}
