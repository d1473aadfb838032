import type { Hono } from "hono";
import { z } from "zod";
import { sellerHolds, sellerRoleOf } from "@/sandbox/claims/actions";
import { acted, changed, closeClaim, openDispute, refund } from "@/sandbox/claims/acts";
import { createClaimFile } from "@/sandbox/claims/claim-file";
import type { Claim, ClaimRole } from "@/sandbox/claims/model";
import {
  acceptPartialRefund,
  acceptReplacement,
  allowReturn,
  answerWish,
  offerPartialRefund,
} from "@/sandbox/claims/resolve";
import { writeMessage } from "@/sandbox/claims/write-message";
import { AttachmentSeed } from "@/sandbox/control/attachment-seed";
import { claimAt } from "@/sandbox/control/claim-control";
import { claimView } from "@/sandbox/control/claim-views";
import { read } from "@/sandbox/control/control-body";
import { Refusal } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

const Text = z.strictObject({
  text: z.string(),
  translated: z.string().optional(),
  attachments: z.array(AttachmentSeed).default([]),
  /** A reason: the seller never sees it. */
  moderatedFor: z.string().optional(),
  /** Default: whoever the stage says; a mediator writes to the seller. */
  to: z.enum(["buyer", "seller", "mediator"]).optional(),
});

const Answer = z.strictObject({ accept: z.boolean() });
const Close = z.strictObject({ reason: z.string().default("worked_out_with_seller") });
const Decision = z.strictObject({
  for: z.enum(["complainant", "respondent"]),
  reason: z.string().optional(),
  applied: z.boolean().default(false),
});
const Verdict = z.strictObject({
  /** Which message of the claim; default the last one of the seller's. */
  index: z.number().int().min(0).optional(),
  /** null frees it. */
  reason: z.string().nullable(),
  status: z.enum(["moderated", "rejected"]).optional(),
});
const SellerAct = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("message"), text: z.string() }),
  z.strictObject({ act: z.literal("refund") }),
  z.strictObject({ act: z.literal("allow_return") }),
  z.strictObject({ act: z.literal("open_dispute") }),
  z.strictObject({ act: z.literal("allow_partial_refund"), percentage: z.number().default(50) }),
]);

/** Playing the buyer, the mediator, moderation, and the seller in Mercado Libre's own panel. */
export function claimPlay(world: World, app: Hono): void {
  for (const who of ["buyer", "mediator"] as const) {
    app.post(`/claims/:id/${who}/message`, async (c) => {
      const claim = claimAt(world, c.req.param("id") ?? "");
      const { to, attachments, ...rest } = await read(c, Text);
      const from = roleOf(claim, who);
      const usual = who === "mediator" || claim.stage === "claim" ? "seller" : "mediator";
      const at = world.now();
      const names = attachments.map((seed) => createClaimFile(world, claim, { by: from, seed, at }));
      const message = writeMessage(world, claim, {
        ...rest,
        moderatedFor: rest.moderatedFor ?? null,
        from,
        to: roleOf(claim, to ?? usual),
        attachments: names,
      });
      return c.json({ hash: message.hash, claim: claimView(world, claim) }, 201);
    });
  }
  app.post("/claims/:id/buyer/offer", async (c) => {
    const claim = claimAt(world, c.req.param("id"));
    const { accept } = await read(c, Answer);
    const isPending = claim.resolutions.some(
      ({ wish, status }) => wish === "partial_refund" && status === "pending",
    );
    if (!isPending) throw nothing(claim, "partial refund");
    if (accept) acceptPartialRefund(world, claim);
    else refuseOffer(world, claim);
    return c.json(claimView(world, claim));
  });
  app.post("/claims/:id/buyer/replacement", async (c) => {
    const claim = claimAt(world, c.req.param("id"));
    const { accept } = await read(c, Answer);
    const isPending = claim.resolutions.some(
      ({ wish, status, role }) => wish === "change_product" && status === "pending" && role === "respondent",
    );
    if (!isPending) throw nothing(claim, "replacement");
    if (accept) acceptReplacement(world, claim);
    else {
      answerWish(world, claim, "change_product", "rejected");
      changed(world, claim);
    }
    return c.json(claimView(world, claim));
  });
  app.post("/claims/:id/buyer/close", async (c) => {
    const claim = openAt(world, c.req.param("id"));
    const { reason } = await read(c, Close);
    closeClaim(world, claim, { reason, benefited: ["respondent"], closedBy: "buyer" });
    return c.json(claimView(world, claim));
  });
  app.post("/claims/:id/buyer/read", (c) => {
    const claim = claimAt(world, c.req.param("id"));
    for (const one of claim.messages) {
      if (one.from === sellerRoleOf(claim) && one.status === "available") one.readAt ??= world.now();
    }
    return c.json(claimView(world, claim));
  });
  for (const who of ["buyer", "mediator"] as const) {
    app.post(`/claims/:id/${who}/dispute`, (c) => {
      const claim = openAt(world, c.req.param("id") ?? "");
      if (claim.stage === "dispute") throw new Refusal(409, { error: `claim ${claim.id} is in mediation` });
      openDispute(world, claim, roleOf(claim, who));
      return c.json(claimView(world, claim));
    });
  }
  app.post("/claims/:id/mediator/decide", async (c) => {
    const claim = openAt(world, c.req.param("id"));
    const { for: side, reason, applied } = await read(c, Decision);
    const usual = side === "complainant" ? "coverage_decision" : "rep_resolution";
    closeClaim(world, claim, {
      reason: reason ?? usual,
      benefited: [side],
      closedBy: "mediator",
      isCovered: applied,
    });
    return c.json(claimView(world, claim));
  });
  app.post("/claims/:id/moderation", async (c) => {
    const claim = claimAt(world, c.req.param("id"));
    moderate(world, claim, await read(c, Verdict));
    return c.json(claimView(world, claim));
  });
  app.post("/claims/:id/seller", async (c) => {
    const claim = openAt(world, c.req.param("id"));
    actAsSeller(world, claim, await read(c, SellerAct));
    return c.json(claimView(world, claim));
  });
}

/** claims.md 6, 13: refused, and then the buyer asks for the mediation. */
function refuseOffer(world: World, claim: Claim): void {
  answerWish(world, claim, "partial_refund", "rejected");
  acted(world, claim, { action: "reject_partial_refund", role: "complainant" });
  if (world.settings.claimRefusedOffer === "dispute") openDispute(world, claim, "complainant");
}

function moderate(world: World, claim: Claim, o: z.infer<typeof Verdict>): void {
  const own = claim.messages.findLast(({ from }) => from === sellerRoleOf(claim));
  const message = o.index === undefined ? own : claim.messages[o.index];
  if (!message) throw new Refusal(404, { error: `claim ${claim.id} has no such message` });
  const at = world.now();
  message.verdict = null;
  message.status = o.reason === null ? "available" : (o.status ?? world.settings.claimModeratedWord);
  message.moderation = { status: o.reason === null ? "clean" : "rejected", reason: o.reason, at };
  message.updatedAt = at;
  changed(world, claim);
}

/** What was done in the panel, not through the API. @throws Refusal 409 for what the seller does not hold */
function actAsSeller(world: World, claim: Claim, o: z.infer<typeof SellerAct>): void {
  const isMediated = claim.stage !== "claim";
  const name = o.act === "message" ? `send_message_to_${isMediated ? "mediator" : "complainant"}` : o.act;
  if (!sellerHolds(world, claim, name)) throw new Refusal(409, { error: `${name} is not held` });
  const from = sellerRoleOf(claim);
  if (o.act === "message") {
    writeMessage(world, claim, { from, to: isMediated ? "mediator" : "complainant", text: o.text });
  } else if (o.act === "refund") refund(world, claim);
  else if (o.act === "allow_return") allowReturn(world, claim);
  else if (o.act === "open_dispute") openDispute(world, claim, from);
  else offerPartialRefund(world, claim, o.percentage);
}

function roleOf(claim: Claim, who: "buyer" | "seller" | "mediator"): ClaimRole {
  if (who === "mediator") return "mediator";
  const seller = sellerRoleOf(claim);
  if (who === "seller") return seller;
  return seller === "respondent" ? "complainant" : "respondent";
}

function openAt(world: World, id: string): Claim {
  const claim = claimAt(world, id);
  if (claim.status === "closed") throw new Refusal(409, { error: `claim ${id} is closed` });
  return claim;
}

function nothing(claim: Claim, what: string): Refusal {
  return new Refusal(409, { error: `claim ${claim.id} has no pending ${what}` });
}
