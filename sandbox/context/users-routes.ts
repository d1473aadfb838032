import { Hono } from "hono";
import type { ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import type { Buyer, Seller } from "@/sandbox/world/model";
import { notFound, Refusal, standard } from "@/sandbox/world/refusal";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** Users, marketplace users, applications and their grants (auth-and-limits.md 5). */
export function usersRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  for (const path of ["/users/*", "/marketplace/users/*", "/applications/*"])
    app.use(path, guard(world, "users"));

  app.get("/users/me", (c) => c.json(privateView(c.var.seller)));

  app.get("/users/bulk", (c) => {
    const ids = (c.req.query("ids") ?? "").split(",").filter(Boolean);
    // auth-and-limits.md 5: up to 20
    if (ids.length === 0 || ids.length > 20)
      throw standard(400, "bad_request", "ids must hold 1 to 20 values");
    return c.json(
      ids.map((id) => {
        const body = view(world, id, c.var.seller.id);
        return body ? { status_code: 200, body } : { status_code: 404 };
      }),
    );
  });

  app.get("/users/:id", (c) => {
    const body = view(world, c.req.param("id"), c.var.seller.id);
    if (!body) throw notFound(`User not found: ${c.req.param("id")}`);
    return c.json(body);
  });

  app.get("/marketplace/users/:id", (c) => {
    const id = c.req.param("id");
    const seller = world.sellers.get(id);
    if (seller?.siteId !== "CBT") throw notFound();
    if (seller.id !== c.var.seller.id) throw foreign();
    return c.json({
      user_id: Number(seller.id),
      site_id: "CBT",
      marketplaces: seller.marketplaces.map((local) => ({
        user_id: Number(local.userId),
        site_id: local.siteId,
        logistic_type: local.logisticType,
      })),
    });
  });

  app.get("/applications/:app", (c) => {
    const client = world.clients.get(c.req.param("app"));
    if (!client) throw notFound();
    return c.json({
      id: Number(client.id),
      site_id: "MLA",
      thumbnail: null,
      url: null,
      sandbox_mode: false,
      project_id: null,
      active: !world.settings.appBlocked,
      max_requests_per_hour: 18_000,
      certification_status: "not_certified",
    });
  });

  app.get("/applications/:app/grants", (c) => {
    const grants = world.grants.list({ clientId: c.req.param("app") });
    return c.json({
      paging: { total: grants.length, limit: 50, offset: 0 },
      grants: grants.map((grant) => ({
        user_id: Number(grant.sellerId),
        app_id: Number(grant.clientId),
        date_created: grant.createdAt.toISOString(),
        scopes: ["read", "offline_access", "write"],
      })),
    });
  });

  app.get("/users/:id/applications", (c) => {
    if (c.req.param("id") !== c.var.seller.id) throw foreign();
    // auth-and-limits.md 5: ids appear as strings here
    const grants = world.grants.list({ sellerId: c.var.seller.id });
    return c.json(
      grants.map((grant) => ({
        user_id: grant.sellerId,
        app_id: grant.clientId,
        date_created: grant.createdAt.toISOString(),
        scopes: ["read", "offline_access", "write"],
      })),
    );
  });

  app.delete("/users/:id/applications/:app", (c) => {
    const { id, app: clientId } = c.req.param();
    if (id !== c.var.seller.id) throw foreign();
    world.grants.revoke(id, clientId);
    return c.json({ user_id: id, app_id: clientId, msg: "Autorización eliminada" });
  });
  return app;
}

function view(world: World, id: string, askerId: string): object | null {
  const owner = world.ownerOf.get(id);
  if (owner && owner.seller.id === id) {
    return id === askerId ? privateView(owner.seller) : sellerView(owner.seller);
  }
  if (owner) return { ...sellerView(owner.seller), id: Number(id), site_id: owner.siteId };
  const buyer = world.buyers.get(id);
  return buyer ? buyerView(buyer) : null;
}

/** auth-and-limits.md 5: with the owner's token. */
function privateView(seller: Seller): object {
  return {
    ...sellerView(seller),
    first_name: seller.firstName,
    last_name: seller.lastName,
    email: seller.email,
    tags: seller.tags,
    status: {
      site_status: "active",
      list: { allow: true, codes: [] },
      sell: { allow: true, codes: [] },
      buy: { allow: true, codes: [] },
      billing: { allow: true, codes: [] },
    },
  };
}

function sellerView(seller: Seller): object {
  const { country, domain } = SITES[seller.siteId];
  return {
    id: Number(seller.id),
    nickname: seller.nickname,
    country_id: country,
    address: { city: seller.city, state: seller.state },
    user_type: seller.userType,
    site_id: seller.siteId,
    permalink: `https://perfil.${domain}/${encodeURIComponent(seller.nickname)}`,
    seller_reputation: {
      level_id: "5_green",
      power_seller_status: "gold",
      transactions: { period: "historic", total: 1284 },
    },
    status: { site_status: "active" },
  };
}

/** questions-and-contacts.md 5.5: public fields only. */
function buyerView(buyer: Buyer): object {
  const { country, domain } = SITES[buyer.siteId];
  return {
    id: Number(buyer.id),
    nickname: buyer.nickname,
    country_id: country,
    address: { city: buyer.city, state: buyer.state },
    user_type: "normal",
    site_id: buyer.siteId,
    permalink: `https://perfil.${domain}/${encodeURIComponent(buyer.nickname)}`,
    seller_reputation: {
      level_id: null,
      power_seller_status: null,
      transactions: { period: "historic", total: 0 },
    },
    status: { site_status: "active" },
  };
}

/** auth-and-limits.md 7.1, gateway 403. */
function foreign(): Refusal {
  return new Refusal(403, {
    status: 403,
    error: "access_denied",
    message: "access to the requested resource is forbidden",
    code: "FORBIDDEN",
  });
}
