import { z } from "zod";
import { sellerRoleOf } from "@/sandbox/claims/actions";
import { acted, closeClaim, openDispute } from "@/sandbox/claims/acts";
import type { Claim, ReturnCase, ReturnReview } from "@/sandbox/claims/model";
import type { Language } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** Why a return may be failed, and to what each applies (claims.md 6.2). */
export const FAIL_REASONS: readonly {
  id: string;
  apply: ("order" | "package")[];
  detail: Record<Language, string>;
}[] = [
  reason(
    "SRF2",
    ["order", "package"],
    "El producto llegó dañado",
    "O produto chegou danificado",
    "The product arrived damaged",
  ),
  reason(
    "SRF3",
    ["order", "package"],
    "El producto llegó incompleto",
    "O produto chegou incompleto",
    "The product arrived incomplete",
  ),
  reason(
    "SRF4",
    ["order", "package"],
    "Es un producto diferente",
    "É um produto diferente",
    "It is a different product",
  ),
  reason(
    "SRF5",
    ["order"],
    "El producto no estaba en el paquete",
    "O produto não estava no pacote",
    "The product was not in the package",
  ),
  reason("SRF6", ["order", "package"], "Otro problema", "Outro problema", "Another problem"),
  reason("SRF7", ["package"], "El paquete no llegó", "O pacote não chegou", "The package did not arrive"),
];

/** claims.md 6.2: files are required for these two. */
const NEED_FILES = new Set(["SRF2", "SRF4"]);

const Failure = z.object({
  reason: z.enum(["SRF2", "SRF3", "SRF4", "SRF5", "SRF6", "SRF7"]),
  message: z.string().min(1),
  attachments: z.array(z.string()).nullish(),
  order_id: z.union([z.number(), z.string()]).nullish(),
});

/** What a body says: `{}` is ok, a list of failures is not; null: neither (claims.md 6.2). */
export function readReview(world: World, claim: Claim, body: unknown): Omit<ReturnReview, "at"> | null {
  if (body !== null && typeof body === "object" && !Array.isArray(body)) {
    return Object.keys(body).length === 0 ? { isOk: true, failures: [] } : null;
  }
  const told = z.array(Failure).min(1).safeParse(body);
  if (!told.success) return null;
  const isCart = claim.thread.orders.length > 1;
  for (const one of told.data) {
    const names = one.attachments ?? [];
    const isMissing = NEED_FILES.has(one.reason) && names.length === 0;
    const isUnknown = names.some((name) => {
      const file = world.claimFiles.get(name);
      return file?.claimId !== claim.id || file.kind !== "return";
    });
    // claims.md 6.2: an order only for carts, SRF7 only for the whole package
    const isMisplaced = one.order_id != null && (!isCart || one.reason === "SRF7");
    if (isMissing || isUnknown || isMisplaced) return null;
  }
  return {
    isOk: false,
    failures: told.data.map((one) => ({
      reason: one.reason,
      message: one.message,
      attachments: one.attachments ?? [],
      orderId: one.order_id == null ? null : String(one.order_id),
    })),
  };
}

/** The seller's word on what came back: all well refunds and closes, a failure is the mediator's case (our reading of
 *  claims.md 6.2: the documents name no consequence). */
export function reviewReturn(
  world: World,
  claim: Claim,
  returnCase: ReturnCase,
  review: Omit<ReturnReview, "at">,
): void {
  const at = world.now();
  returnCase.review = { ...review, at };
  returnCase.updatedAt = at;
  const action = review.isOk ? "return_review_ok" : "return_review_fail";
  acted(world, claim, { action, role: sellerRoleOf(claim), at });
  if (!review.isOk) {
    if (claim.status === "opened" && claim.stage === "claim") openDispute(world, claim, "mediator", at);
    return;
  }
  returnCase.money = "refunded";
  returnCase.closedAt = at;
  if (claim.status === "closed") return;
  closeClaim(world, claim, {
    reason: "item_returned",
    benefited: ["complainant"],
    closedBy: "mediator",
    at,
  });
}

function reason(id: string, apply: ("order" | "package")[], es: string, pt: string, en: string) {
  return { id, apply, detail: { es, pt, en } };
}
