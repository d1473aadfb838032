import type { Hono } from "hono";
import { z } from "zod";
import { changed } from "@/sandbox/claims/acts";
import { setReplyDue } from "@/sandbox/claims/alarms";
import { syncChat } from "@/sandbox/claims/chat";
import { createClaim } from "@/sandbox/claims/create-claim";
import { createReturn, moveReturn } from "@/sandbox/claims/create-return";
import type { Claim } from "@/sandbox/claims/model";
import { settleClaim } from "@/sandbox/claims/time";
import { ClaimSeed } from "@/sandbox/control/claim-seeds";
import { claimRow, claimView } from "@/sandbox/control/claim-views";
import { missing, read, threadAt } from "@/sandbox/control/control-body";
import { Refusal } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

const ReturnMove = z.strictObject({
  /** claims.md 6.2, LOCAL statuses: label_generated, shipped, delivered, ... */
  status: z.string(),
  /** Only for one that is made now. */
  destination: z.enum(["seller_address", "warehouse"]).optional(),
  refundAt: z.enum(["shipped", "delivered", "n/a"]).optional(),
});

const Deadline = z.strictObject({
  /** From now; below zero it has passed. null: none. */
  inMs: z.number().nullable(),
  of: z.enum(["reply", "decision", "incentive"]).default("reply"),
  /** A missed answer closes the claim only then, from now; default: at once. */
  closesInMs: z.number().min(0).optional(),
  notify: z.boolean().default(false),
});

const Actions = z.strictObject({
  /** Taken from what the rules give; replaces what was taken before. */
  without: z.array(z.string()).optional(),
  /** Given beyond it; replaces what was given before. */
  also: z.array(z.string()).optional(),
  notify: z.boolean().default(false),
});

/** Claims: opening, looking, deadlines, actions, returns, exchanges, files. */
export function claimControl(world: World, app: Hono): void {
  app.get("/claims", (c) => {
    const { sellerId, packId, q = "" } = c.req.query();
    const all = sellerId ? (world.claimsOf.get(sellerId) ?? []) : [...world.claims.values()];
    const rows = all
      .filter(({ thread }) => !packId || thread.packId === packId)
      .toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
      .map((claim) => claimRow(world, claim));
    const wanted = q.trim().toLowerCase();
    return c.json({ claims: rows.filter((row) => JSON.stringify(row).toLowerCase().includes(wanted)) });
  });
  app.post("/claims", async (c) => {
    const body = await read(c, z.strictObject({ packId: z.string(), claim: ClaimSeed }));
    const claim = createClaim(world, threadAt(world, body.packId), body.claim);
    // claims.md 13: opening is an action too
    world.emit("claim_acted", claim.thread, claim.id);
    world.emit("claim_changed", claim.thread, claim.id);
    return c.json(claimView(world, claim), 201);
  });
  app.get("/claims/:id", (c) => c.json(claimView(world, claimAt(world, c.req.param("id")))));
  app.post("/claims/:id/deadline", async (c) => {
    const claim = claimAt(world, c.req.param("id"));
    const { inMs, of, closesInMs, notify } = await read(c, Deadline);
    const at = inMs === null ? null : new Date(world.now().getTime() + inMs);
    if (of === "decision") claim.decisionDueAt = at;
    else if (of === "incentive") claim.reputation = { ...claim.reputation, dueAt: at };
    else setReplyDue(world, claim, at, closesInMs);
    if (notify) changed(world, claim);
    return c.json(claimView(world, claim));
  });
  app.post("/claims/:id/actions", async (c) => {
    const claim = claimAt(world, c.req.param("id"));
    const { without, also, notify } = await read(c, Actions);
    if (without) claim.withoutActions = new Set(without);
    if (also) claim.extraActions = also.map((action) => ({ action, mandatory: false, dueAt: null }));
    if (notify) changed(world, claim);
    return c.json(claimView(world, claim));
  });
  app.post("/claims/:id/return", async (c) => {
    const claim = claimAt(world, c.req.param("id"));
    const { status, destination, refundAt } = await read(c, ReturnMove);
    if (!claim.returnCase) {
      createReturn(world, claim, {
        ...(destination ? { destination } : {}),
        ...(refundAt ? { refundAt } : {}),
      });
    }
    moveReturn(world, claim, status);
    changed(world, claim);
    return c.json(claimView(world, claim));
  });
  app.post("/claims/:id/change", async (c) => {
    const claim = claimAt(world, c.req.param("id"));
    const Move = z.strictObject({ status: z.string(), detail: z.string().nullable().default(null) });
    const { status, detail } = await read(c, Move);
    if (!claim.change) throw new Refusal(409, { error: `claim ${claim.id} has no exchange` });
    Object.assign(claim.change, { status, detail, updatedAt: world.now() });
    syncChat(world, claim);
    changed(world, claim);
    return c.json(claimView(world, claim));
  });

  app.get("/claim-files/:name", (c) => {
    const file = world.claimFiles.get(c.req.param("name"));
    if (!file) throw missing("file", c.req.param("name"));
    return c.body(new Uint8Array(file.bytes), 200, {
      "content-type": file.type,
      "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(file.originalFilename)}`,
      "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      "x-content-type-options": "nosniff",
    });
  });
  app.post("/claim-files/:name", async (c) => {
    const file = world.claimFiles.get(c.req.param("name"));
    if (!file) throw missing("file", c.req.param("name"));
    file.isGone = (await read(c, z.strictObject({ gone: z.boolean() }))).gone;
    return c.json({ filename: file.filename, gone: file.isGone });
  });
}

/** The claim as it is now. @throws Refusal 404 */
export function claimAt(world: World, id: string): Claim {
  const claim = world.claims.get(id);
  if (!claim) throw missing("claim", id);
  settleClaim(world, claim);
  return claim;
}
