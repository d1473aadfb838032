import "server-only";
import { isClaimMissing } from "@/lib/server/mercadolibre/claim-refusal";
import { downloadClaimFile, searchClaims, uploadClaimFile } from "@/lib/server/mercadolibre/claims";
import { uploadEvidenceFile } from "@/lib/server/mercadolibre/evidence";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { uploadReviewFile } from "@/lib/server/mercadolibre/returns";
import { offeredActs, receiversOf } from "@/lib/shared/claim/offered";
import { isOpenClaim } from "@/lib/shared/claim/turn";
import { AppError } from "@/lib/shared/errors";
import type { Ability, Thread } from "@/lib/shared/thread";
import type { AccountCtx, Act, Changed, Channel, LocalFile } from "./channel";
import { actOnClaim } from "./claim-acts";
import { foundClaim } from "./claim-facts";
import { findInClaim } from "./claim-marks";
import { claimOptions } from "./claim-options";
import { buyerOf, partOf } from "./claim-part";
import { pullClaim } from "./claim-pull";

/** The longest message that is tried. How much Mercado Libre takes is not published (claims.md 15): what it finds too long it
 *  refuses, and nothing is lost. */
const MAX_LENGTH = 20_000;

/** In a cancelled sale the seller is the one who complains (claims.md 4.1). */
const ROLES = ["respondent", "complainant"] as const;

/** What the seller may do on a claim: what Mercado Libre says they hold, and nothing else (claims.md 5.3, 7). Pure. */
function claimAbilities({ claim, profile }: Thread): Ability[] {
  if (claim === null) return [{ kind: "reply", allowed: false, because: "unread_state" }];
  if (!isOpenClaim(claim)) return [{ kind: "reply", allowed: false, because: "closed" }];
  const to = receiversOf(claim);
  const reply: Ability =
    to.length === 0
      ? { kind: "reply", allowed: false, because: "no_action" }
      : { kind: "reply", allowed: true, maxLength: MAX_LENGTH, isOnlyOne: false, to };
  return [reply, ...offeredActs(claim, profile).map((offered) => ({ kind: "act" as const, ...offered }))];
}

/** The claims that changed since then, or all that are open, in either role and on every marketplace. Whoever sells may buy:
 *  claims of the account's own purchases are left out. */
async function* changed(
  ctx: AccountCtx,
  since: Date | null,
): AsyncGenerator<Changed, { isComplete: boolean }> {
  const seen = new Set<string>();
  let isComplete = true;
  for (const { userId } of ctx.sellers) {
    for (const role of ROLES) {
      let offset: number | null = 0;
      while (offset !== null) {
        const page: Awaited<ReturnType<typeof searchClaims>> = await searchClaims(ctx.meli, {
          userId,
          role,
          offset,
          ...(since === null ? { status: "opened" as const } : { updatedSince: since }),
        });
        for (const claim of page.claims) {
          const part = partOf(ctx, claim);
          if (part === null || seen.has(claim.id)) continue;
          seen.add(claim.id);
          yield {
            externalId: claim.id,
            sellerId: part.userId,
            siteId: part.siteId,
            unread: 0,
            updatedAt: claim.updatedAt,
            claim: foundClaim(claim, part),
            buyerId: buyerOf(claim.players, part.role),
          };
        }
        // Beyond the window of 10 000 nothing more can be asked for (claims.md 4.1).
        if (page.next === null && page.total > offset + 100) isComplete = false;
        offset = page.next;
      }
    }
  }
  return { isComplete };
}

function upload(ctx: AccountCtx, thread: Thread, file: LocalFile, act: Act): Promise<{ id: string }> {
  const claimId = thread.externalId;
  if (act.kind === "message") return uploadClaimFile(ctx.meli, claimId, file);
  if (act.kind === "claim" && act.act.kind === "evidence") return uploadEvidenceFile(ctx.meli, claimId, file);
  if (act.kind === "claim" && act.act.kind === "reviewFail") return uploadReviewFile(ctx.meli, claimId, file);
  throw new AppError("invalid_input", "this act takes no files", { reason: "not_available" });
}

/** Claims and mediations: one thread is one claim. */
export const claimsChannel: Channel = {
  family: "claims",
  // A notice names the claim itself (claims.md 9).
  refsOf: async (_ctx, { subject }) => [{ externalId: subject, sellerId: null, siteId: null }],
  isTooFresh: (error) => error instanceof MeliError && isClaimMissing(error.failure),
  pull: pullClaim,
  changed,
  abilities: claimAbilities,
  options: claimOptions,
  upload,
  // Asking for an evidence where messages keep theirs gives 404 (claims.md 5.2).
  download: (ctx, { externalId, claim }, filename) => {
    const isEvidence = claim?.evidences.some(({ files }) => files.includes(filename)) ?? false;
    return downloadClaimFile(ctx.meli, externalId, filename, isEvidence ? "evidence" : "message");
  },
  act: actOnClaim,
  find: findInClaim,
};
