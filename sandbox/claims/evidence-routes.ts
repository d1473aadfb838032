import { Hono } from "hono";
import { z } from "zod";
import { sellerHolds, sellerRoleOf } from "@/sandbox/claims/actions";
import { acted, sellerAnswered } from "@/sandbox/claims/acts";
import { ownClaim } from "@/sandbox/claims/find-claim";
import type { Claim, Evidence } from "@/sandbox/claims/model";
import { claimRefusal, unavailable } from "@/sandbox/claims/refuse";
import { jsonBody } from "@/sandbox/messages/send";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import type { World } from "@/sandbox/world/world";

/** claims.md 6.1: `yyyy-MM-dd`, or with time, milliseconds and offset. */
const date = z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:?\d\d))?$/);
const text = z.string().min(1);
const maybe = text.nullish();
const common = { type: z.literal("shipping_evidence"), attachments: z.array(z.string()).nullish() };

/** The variants of claims.md 6.1: what each needs, and what it may have. */
const Body = z.discriminatedUnion("type", [
  z.discriminatedUnion("shipping_method", [
    z.object({
      ...common,
      shipping_method: z.literal("mail"),
      shipping_company_name: text,
      date_shipped: date,
      tracking_number: maybe,
    }),
    z.object({
      ...common,
      shipping_method: z.literal("entrusted"),
      shipping_company_name: text,
      destination_agency: text,
      date_shipped: date,
      receiver_name: text,
      receiver_id: maybe,
      tracking_number: maybe,
      date_delivered: date.nullish(),
      receiver_email: maybe,
    }),
    z.object({
      ...common,
      shipping_method: z.literal("personal_delivery"),
      // optional in the table of 2025
      date_delivered: date.nullish(),
    }),
    z.object({
      ...common,
      shipping_method: z.literal("email"),
      receiver_email: text,
      date_shipped: date,
    }),
  ]),
  z.object({ type: z.literal("handling_shipping_evidence"), handling_date: date }),
]);

type EvidenceBody = z.infer<typeof Body>;

/** Shipping evidence of parcels that Mercado Envios did not carry; LOCAL (claims.md 2 row 20; 6.1). */
export function evidenceRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/:id/evidences", (c) =>
    c.json(ownClaim(world, c, "LOCAL", c.req.param("id")).evidences.map(wireEvidence)),
  );
  // claims.md 11: the promise is posted to either
  for (const path of ["/:id/actions/evidences", "/:id/evidences"] as const) {
    app.post(path, (c) => take(world, c, ownClaim(world, c, "LOCAL", c.req.param("id"))));
  }
  return app;
}

async function take(world: World, c: ApiContext, claim: Claim): Promise<Response> {
  const bad = (message: string, error = "bad_request_error") =>
    claimRefusal(world, "LOCAL", { status: 400, error, message });
  const body = Body.safeParse(await jsonBody(c));
  const isPromise = body.success && body.data.type === "handling_shipping_evidence";
  const action = isPromise ? "send_potential_shipping" : "add_shipping_evidence";
  // claims.md 6.1, 7: not in a mediation, not for Mercado Envios, not twice
  if (!sellerHolds(world, claim, action)) throw unavailable(world, "LOCAL", action);
  if (!body.success) {
    throw bad(`Invalid parameters: ${body.error.issues.map(({ path }) => path.join(".")).join(", ")}`);
  }
  // only the promise goes to /evidences
  if (!isPromise && c.req.path.endsWith(`${claim.id}/evidences`)) {
    throw claimRefusal(world, "LOCAL", {
      status: 405,
      error: "method_not_allowed",
      message: "Method Not Allowed",
    });
  }
  const names = body.data.type === "shipping_evidence" ? (body.data.attachments ?? []) : [];
  for (const name of names) {
    const file = world.claimFiles.get(name);
    if (file?.claimId !== claim.id || file.kind !== "evidence") {
      throw bad(`Attachment not found [claim: ${claim.id} - fileName: ${name}]`, "business_logic_error");
    }
  }
  const made = evidenceOf(body.data, names);
  claim.evidences.push(made);
  sellerAnswered(claim);
  acted(world, claim, { action, role: sellerRoleOf(claim) });
  // claims.md 6.1: a list, and one object for the promise
  return c.json(isPromise ? wireEvidence(made) : claim.evidences.map(wireEvidence));
}

/** An evidence as it is kept: what its kind has no use for is null. */
export function evidenceOf(body: EvidenceBody, attachments: string[]): Evidence {
  const of = (key: string) => {
    const value: unknown = Object.entries(body).find(([name]) => name === key)?.[1];
    return typeof value === "string" ? value : null;
  };
  return {
    type: body.type,
    method: body.type === "shipping_evidence" ? body.shipping_method : null,
    company: of("shipping_company_name"),
    trackingNumber: of("tracking_number"),
    agency: of("destination_agency"),
    receiverName: of("receiver_name"),
    receiverId: of("receiver_id"),
    receiverEmail: of("receiver_email"),
    shippedAt: of("date_shipped"),
    deliveredAt: of("date_delivered"),
    handlingAt: of("handling_date"),
    attachments,
  };
}

/** claims.md 6.1, response. */
function wireEvidence(one: Evidence): object {
  return {
    attachments: one.attachments.map((filename) => ({ filename })),
    type: one.type,
    date_shipped: one.shippedAt,
    date_delivered: one.deliveredAt,
    destination_agency: one.agency,
    receiver_email: one.receiverEmail,
    receiver_id: one.receiverId,
    receiver_name: one.receiverName,
    shipping_company_name: one.company,
    shipping_method: one.method,
    tracking_number: one.trackingNumber,
    handling_date: one.handlingAt,
  };
}
