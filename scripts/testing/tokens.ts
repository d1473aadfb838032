import { sql } from "drizzle-orm";
import { z } from "zod";
import type { AccountId } from "@/lib/shared/ids";
import type { House } from "./house";

/** What tests of the vault do to its row from outside, and see of it. */

/** The access token is over, here and at Mercado Libre. */
export async function expireTokens(house: House, accountId: AccountId): Promise<void> {
  await house.control("/tokens/expire", { sellerId: accountId });
  await house.rt.db.execute(
    sql`update tokens set expires_at = now() - interval '1 minute' where account_id = ${accountId}`,
  );
}

/** So much time passes that no process holds the refresh any more. */
export async function outliveLease(house: House, accountId: AccountId): Promise<void> {
  await house.rt.db.execute(
    sql`update tokens set lease_until = now() - interval '1 second' where account_id = ${accountId}`,
  );
}

/** While it lasts, no new token can be written. Returns how to end it. */
export async function refuseSaving(house: House): Promise<() => Promise<void>> {
  const { pool } = house.rt.database;
  await pool.query(`
    create function refuse_saving() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
    create trigger refuse_saving before update of sealed on tokens for each row execute function refuse_saving()`);
  return async () => {
    await pool.query("drop function refuse_saving() cascade");
  };
}

/** How often a refresh token was presented at Mercado Libre since the simulator's list was cleared. */
export async function countTokenCalls(house: House): Promise<number> {
  return (await house.calls({ method: "POST", path: "^/oauth/token$" })).length;
}

export async function accountState(house: House, accountId: AccountId): Promise<string> {
  const { rows } = await house.rt.database.pool.query("select state from accounts where id = $1", [
    accountId,
  ]);
  return z.object({ state: z.string() }).parse(rows[0]).state;
}
