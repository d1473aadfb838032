import { searchRefusal } from "@/sandbox/claims/refuse";
import type { Filters } from "@/sandbox/claims/search-filters";
import { matches, readFilters } from "@/sandbox/claims/search-filters";
import { rangeOf, sortOf } from "@/sandbox/claims/search-order";
import { settleClaim } from "@/sandbox/claims/time";
import { wireClaim } from "@/sandbox/claims/wire";
import type { Profile } from "@/sandbox/messages/refuse";
import type { ApiContext } from "@/sandbox/world/guard";
import type { World } from "@/sandbox/world/world";

/** claims.md 4.1: larger limits silently become this. */
const MAX_LIMIT = 100;
const WINDOW = 10_000;

/** The search of both profiles, of the caller's own claims (claims.md 4.1). @throws Refusal 400 as listed there. */
export function searchClaims(world: World, c: ApiContext, profile: Profile): object {
  const query = c.req.query();
  const filters: Filters = readFilters(world, profile, query);
  const range = rangeOf(query.range);
  const compare = sortOf(world, query.sort, query.range !== undefined);
  const { offset, limit } = pagingOf(query);
  const own = world.claimsOf.get(c.var.seller.id) ?? [];
  for (const claim of own) settleClaim(world, claim);
  const found = own.filter((claim) => range(claim) && matches(world, claim, filters)).sort(compare);
  return {
    paging: { total: found.length, offset, limit },
    data: found
      .slice(offset, offset + limit)
      .map((claim) => wireClaim(world, claim, { profile, view: "search" })),
  };
}

/** claims.md 4.1: 30 by default, clamped to 100; `offset + limit` must stay below 10000. */
function pagingOf(query: Record<string, string>): { offset: number; limit: number } {
  const offset = numberOf("offset", query.offset, 0);
  const asked = numberOf("limit", query.limit, 30);
  const limit = Math.min(asked, MAX_LIMIT);
  if (offset >= WINDOW)
    throw searchRefusal("invalid_params", "Invalid parameters. offset must be lower than 10000");
  if (offset + limit >= WINDOW) {
    throw searchRefusal("invalid_params", "Invalid parameters. offset + limit must be lower than 10000");
  }
  return { offset, limit };
}

function numberOf(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text)) throw searchRefusal("invalid_params", `Invalid parameters. ${name}: ${text}`);
  return Number(text);
}
