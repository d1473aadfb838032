import { rowKeyOf } from "@/lib/client/cache";
import { isJustAnswered } from "@/lib/client/last-sent";
import { isTodo } from "@/lib/client/place-rows";
import type { ThreadRow } from "@/lib/shared/api/inbox";

/** The row that is opened after the open one was answered: the next below it that is the seller's to do, else the first
 *  from the top. What was answered from this tab is done, whatever the row still says. */
export function nextToAnswer(rows: readonly ThreadRow[], openKey: string | null): ThreadRow | undefined {
  const from = rows.findIndex((row) => rowKeyOf(row) === openKey);
  return [...rows.slice(from + 1), ...rows.slice(0, Math.max(0, from))].find(
    (row) => isTodo(row) && !isJustAnswered(row),
  );
}
