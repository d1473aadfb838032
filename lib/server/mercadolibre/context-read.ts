import "server-only";
import type { z } from "zod";
import { MeliError } from "./failure";
import type { Meli, ReadOptions } from "./http";
import type { Route } from "./paths";

/** Was it 403 or 404: not ours to see, or not there? */
export function isAbsent(error: unknown): boolean {
  return error instanceof MeliError && (error.failure.status === 404 || error.failure.status === 403);
}

/**
 * Reads what a conversation is about (order, pack, item, shipment): null when Mercado Libre answers 403 or 404,
 * because a thread without its context is still a thread.
 * @throws MeliError for anything else.
 */
export async function readContext<T>(
  meli: Meli,
  routes: readonly Route[],
  schema: z.ZodType<T>,
): Promise<T | null> {
  try {
    return await readEither(meli, routes, schema, { passes: isAbsent });
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** Which form of a resource this host answered last, so that the other is not asked first each time (messages.md 8). */
const preferred = new Map<string, number>();
const MOST_REMEMBERED = 5_000;

/**
 * Reads a resource that has an older form: the preferred address first, the other once when the first answer `passes`
 * (404 by default). Remembers which one worked, per host and account.
 * @throws MeliError the first refusal, when both refuse.
 */
export async function readEither<T>(
  meli: Meli,
  routes: readonly Route[],
  schema: z.ZodType<T>,
  o: { passes?: (error: unknown) => boolean; options?: ReadOptions } = {},
): Promise<T> {
  const passes = o.passes ?? ((error: unknown) => error instanceof MeliError && error.failure.status === 404);
  const key = `${meli.apiUrl} ${meli.accountId} ${routes[0]?.family} ${routes[0]?.path.replace(/\d+/g, "#")}`;
  const first = preferred.get(key) ?? 0;
  const order = [first, ...[...routes.keys()].filter((index) => index !== first)];
  let refusal: unknown;
  for (const index of order) {
    const route = routes[index];
    if (route === undefined) continue;
    try {
      const result = await meli.wire.read(route, schema, o.options);
      if (index !== first) {
        if (preferred.size >= MOST_REMEMBERED) preferred.clear();
        preferred.set(key, index);
      }
      return result;
    } catch (error) {
      refusal ??= error;
      if (!passes(error)) throw error;
    }
  }
  throw refusal;
}
