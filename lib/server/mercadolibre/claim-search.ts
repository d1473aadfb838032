import "server-only";
import { z } from "zod";
import { CLAIM_PATHS, type FilterSpelling, PLAYER_FILTERS } from "./claim-paths";
import { isFilterRefused } from "./claim-refusal";
import { rowsOf } from "./claim-values";
import { claim, claimPage, type WireClaim } from "./claim-wire";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import { digits, type Route } from "./paths";
import { sift } from "./wire";

/** The largest page; more is cut to it without a word (claims.md 4.1). */
const LARGEST_PAGE = 100;
/** `offset + limit` must stay below this (claims.md 4.1). */
const WINDOW = 10_000;

/** The page of a search: its rows as they came, and how many there are in all where it says so. */
const page = z.unknown().transform((body, context) => {
  const rows = rowsOf(body);
  if (rows !== null) return { rows, total: claimPage.parse(body) };
  context.issues.push({ code: "custom", message: "no list of claims", input: null });
  return z.NEVER;
});

/** Which spelling a host took last, where that is not the documented one. */
const taken = new Map<string, FilterSpelling>();

export interface ClaimPage {
  claims: WireClaim[];
  /** Where the next page begins; null: there is none that could be asked for. */
  next: number | null;
  total: number;
}

/** Filters, with each player filter under a name that depends on the spelling. */
export interface ClaimQuery {
  filters: Readonly<Record<string, string>>;
  player: { role: string; userId: string } | null;
  offset: number;
}

/**
 * One page of a search, in the spelling that this host is known to take, else in the one that its pages print, and in the
 * other one when that is refused as no filter at all (claims.md 11).
 * @throws MeliError
 */
export async function searchPage(meli: Meli, query: ClaimQuery): Promise<ClaimPage> {
  const offset = Math.max(0, Math.trunc(query.offset));
  const limit = Math.min(LARGEST_PAGE, WINDOW - 1 - offset);
  if (limit < 1) return { claims: [], next: null, total: offset };
  const { route, found } = await readPage(meli, query, { offset: String(offset), limit: String(limit) });
  const { kept, dropped } = sift(found.rows, claim);
  if (dropped > 0) meli.wire.odd(route, { droppedClaims: dropped });
  const end = offset + found.rows.length;
  const isFull = found.rows.length >= limit;
  const hasMore = found.rows.length > 0 && (found.total === null ? isFull : end < found.total);
  return {
    claims: kept,
    next: hasMore && end < WINDOW - 1 ? end : null,
    total: found.total ?? end,
  };
}

async function readPage(meli: Meli, query: ClaimQuery, window: Route["query"]) {
  const paths = CLAIM_PATHS[meli.profile];
  const host = `${meli.apiUrl} ${meli.profile}`;
  const spelling = taken.get(host) ?? paths.spelling;
  const routeIn = (names: FilterSpelling) =>
    paths.search({ ...query.filters, ...playerIn(names, query.player), ...window });
  const read = async (route: Route) => ({ route, found: await meli.wire.read(route, page) });
  try {
    return await read(routeIn(spelling));
  } catch (error) {
    if (query.player === null || !(error instanceof MeliError) || !isFilterRefused(error.failure))
      throw error;
    const other = spelling === "dotted" ? "underscored" : "dotted";
    const result = await read(routeIn(other));
    taken.set(host, other);
    return result;
  }
}

function playerIn(spelling: FilterSpelling, player: ClaimQuery["player"]): Record<string, string> {
  if (player === null) return {};
  const names = PLAYER_FILTERS[spelling];
  return { [names.role]: player.role, [names.userId]: digits(player.userId) };
}
