import { Hono } from "hono";
import { ownUsers } from "@/sandbox/questions/find-question";
import { jsonBody } from "@/sandbox/questions/json-body";
import { badRequest, invalidBody } from "@/sandbox/questions/refuse";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import type { Refusal } from "@/sandbox/world/refusal";
import { notFound, standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** Blocking buyers, the older list, and the newer one (questions-and-contacts.md 1.5, 8). */
export function blockRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const path = "/users/:id/questions_blacklist";
  app.post(path, async (c) => {
    const sellers = blockersOf(world, c);
    const { user_id: userId } = await jsonBody(c, ["user_id"]);
    if (typeof userId !== "number" && typeof userId !== "string") throw invalidBody(["user_id"]);
    if (!world.buyers.has(String(userId))) throw standard(404, "not_found", `User ${userId} not found`);
    for (const id of sellers) {
      const blocked = world.blockedBuyers.get(id) ?? new Map<string, Date>();
      if (!blocked.has(String(userId))) blocked.set(String(userId), world.now());
      world.blockedBuyers.set(id, blocked);
    }
    return c.json({ user_id: Number(userId) });
  });
  app.get(path, (c) => {
    if (world.settings.blockedBuyersAt === "block_api") throw elsewhere(world);
    return c.json({ users: blockedBy(world, blockersOf(world, c)).map(({ id }) => ({ id: Number(id) })) });
  });
  app.delete(`${path}/:buyer`, (c) => {
    for (const id of blockersOf(world, c)) world.blockedBuyers.get(id)?.delete(c.req.param("buyer"));
    const { unblockStatus } = world.settings;
    return unblockStatus === 204 ? c.body(null, 204) : c.json({}, 200);
  });
  app.get("/block-api/search/users/:id", (c) => {
    if (world.settings.blockedBuyersAt === "blacklist") throw elsewhere(world);
    const { type, limit = "10", offset = "0" } = c.req.query();
    if (type !== "blocked_by_questions") throw badRequest(`Invalid type: ${type ?? ""}`);
    if (!/^\d{1,4}$/.test(limit) || !/^\d{1,7}$/.test(offset)) throw badRequest("Invalid paging");
    const all = blockedBy(world, blockersOf(world, c));
    const users = all.slice(Number(offset), Number(offset) + Number(limit)).map(({ id, at }) => ({
      id: Number(id),
      blocked_at: `${at.toISOString().slice(0, 19)}Z`,
    }));
    return c.json({
      users,
      paging: { offset: Number(offset), limit: Number(limit), total: all.length },
    });
  });
  return app;
}

/** The caller's selling users that the address names: the account of Global Selling stands for all. */
function blockersOf(world: World, c: ApiContext): string[] {
  const isNamed = ownUsers(world, c, c.req.param("id") ?? "");
  const { id, marketplaces } = c.var.seller;
  const own = marketplaces.length === 0 ? [id] : marketplaces.map(({ userId }) => userId);
  return own.filter(isNamed);
}

/** Latest first, nobody twice. */
function blockedBy(world: World, sellers: string[]): { id: string; at: Date }[] {
  const all = new Map(sellers.flatMap((id) => [...(world.blockedBuyers.get(id) ?? [])]));
  return [...all]
    .map(([id, at]) => ({ id, at }))
    .sort((a, b) => b.at.getTime() - a.at.getTime() || Number(b.id) - Number(a.id));
}

function elsewhere(world: World): Refusal {
  return world.settings.blockedBuyersElse === 404 ? notFound() : standard(403, "forbidden", "forbidden");
}
