import "server-only";
import * as z from "zod/mini";
import { type Claim, ClaimSchema } from "@/lib/shared/api/claim";
import type { StoredClaim } from "./schema";

/** A claim as it was stored, with its instants. One of an older shape is none: it is read anew from Mercado Libre. Pure. */
export function reviveClaim(stored: StoredClaim | null): Claim | null {
  if (stored === null) return null;
  const parsed = z.safeParse(ClaimSchema, stored);
  return parsed.success ? parsed.data : null;
}
