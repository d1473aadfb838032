import type { AccountView } from "@/lib/shared/api/account";
import { isSiteId, SITES } from "@/lib/shared/sites";

/** The zone that one seller's times are told in, all over the inbox: that of the account they work as, else of their
 *  first account with a country. Global Selling accounts have none; a seller with no other reads UTC. Two zones in one
 *  list would look like a wrong order. Pure. */
export function sellerZone(
  accounts: readonly Pick<AccountView, "siteId" | "profile" | "isCurrent">[],
): string {
  const local = accounts.filter(({ profile, siteId }) => profile === "LOCAL" && isSiteId(siteId));
  const siteId = (local.find(({ isCurrent }) => isCurrent) ?? local[0])?.siteId ?? "CBT";
  return isSiteId(siteId) ? SITES[siteId].timeZone : SITES.CBT.timeZone;
}
