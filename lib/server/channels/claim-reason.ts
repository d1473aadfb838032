import "server-only";
import { readClaimReason } from "@/lib/server/mercadolibre/claims";
import type { Meli } from "@/lib/server/mercadolibre/http";

/** The words of a reason are the same for days (claims.md 4.3). */
const KEPT_MS = 3 * 86_400_000;
const MOST_KEPT = 2_000;

const kept = new Map<string, { text: string | null; until: number }>();

/** Asked for at this moment, for each account: whose sign-in is lost learns it by itself. */
const awaited = new Map<string, Promise<string | null>>();

/** The reason of a claim in the words of Mercado Libre, asked for once in days by each process, however many claims ask at
 *  once. Null: it has none. @throws MeliError, AppError */
export async function reasonInWords(
  meli: Meli,
  { reasonId, siteId }: { reasonId: string; siteId: string },
): Promise<string | null> {
  // The words are in the language of the site.
  const key = `${meli.apiUrl} ${meli.profile} ${siteId} ${reasonId}`;
  const known = kept.get(key);
  if (known !== undefined && known.until > Date.now()) return known.text;
  const asker = `${meli.accountId} ${key}`;
  const asked =
    awaited.get(asker) ??
    ask(meli, reasonId, key).finally(() => {
      awaited.delete(asker);
    });
  awaited.set(asker, asked);
  return asked;
}

async function ask(meli: Meli, reasonId: string, key: string): Promise<string | null> {
  const { detail, name } = await readClaimReason(meli, reasonId);
  const text = detail ?? name;
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, { text, until: Date.now() + KEPT_MS });
  return text;
}
