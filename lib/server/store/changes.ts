import "server-only";
import { eq, sql } from "drizzle-orm";
import type { AccountId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { accounts } from "./schema";

/** Moves the account's change number, inside the transaction that made the change: browsers then read again. The row
 *  lock orders the transactions of one account. */
export async function noteChange(tx: Database, accountId: AccountId): Promise<void> {
  await tx
    .update(accounts)
    .set({ changeNo: sql`${accounts.changeNo} + 1` })
    .where(eq(accounts.id, accountId));
}
