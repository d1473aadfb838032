import type { ClaimBrief } from "@/lib/shared/api/claim";
import { STAGES, WISHES } from "./claim-codes";
import { knownOf } from "./statuses";

/** The key of the words for where a claim stands: by its stage, never by its type (claims.md 3). Pure. */
export function stageKeyOf({ stage, status }: Pick<ClaimBrief, "stage" | "status">) {
  return status === "closed" ? "closed" : (knownOf(STAGES, stage) ?? "unknown");
}

/** Whose turn it is, as it is said: a mediator is one only where there is a mediation; elsewhere who decides is Mercado Libre
 *  itself (claims.md 7). Pure. */
export function turnKeyOf({ stage, turn }: Pick<ClaimBrief, "stage" | "turn">) {
  return turn === "mediator" && stage !== "dispute" && stage !== "recontact" ? "meli" : turn;
}

/** The key of the words for what the buyer wants; null: they did not say. Pure. */
export function wishKeyOf({ wants }: Pick<ClaimBrief, "wants">) {
  return wants === null ? null : (knownOf(WISHES, wants) ?? "unknown");
}
