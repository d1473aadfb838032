import "server-only";
import * as z from "zod/mini";
import { type Chain, ChainSchema, type Listing, ListingSchema } from "@/lib/shared/api/question";
import type { StoredChain } from "./schema";
import type { StoredListing } from "./schema-questions";

/** A chain as it was stored, with its instants. One of an older shape is none: it is read anew from Mercado Libre. Pure. */
export function reviveChain(stored: StoredChain | null): Chain | null {
  const parsed = stored === null ? null : z.safeParse(ChainSchema, stored);
  return parsed?.success ? parsed.data : null;
}

/** A listing as it was stored. Pure. */
export function reviveListing(stored: StoredListing | null): Listing | null {
  const parsed = stored === null ? null : z.safeParse(ListingSchema, stored);
  return parsed?.success ? parsed.data : null;
}
