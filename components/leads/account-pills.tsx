"use client";

import { useTranslations } from "next-intl";
import { Pills } from "./pills";
import type { LeadsPlace } from "./use-leads-address";

/** Whose figures they are, where there are several accounts. */
export function AccountPills({
  place,
  accounts,
  here,
  hasAll,
}: {
  place: LeadsPlace;
  accounts: readonly { id: string; nickname: string }[];
  /** Null: all of them. */
  here: string | null;
  hasAll: boolean;
}) {
  const t = useTranslations("leads");
  // From an account that has nothing to show there is a way to the one that has.
  const isElsewhere = here !== null && accounts.every(({ id }) => id !== here);
  if (accounts.length < (isElsewhere ? 1 : 2)) return null;
  // What was chosen of one account's listings is nothing of another's.
  const change = { compared: [], item: null, lead: null };
  const all = {
    key: "all",
    label: t("allAccounts"),
    isHere: here === null,
    change: { ...change, account: null },
  };
  return (
    <Pills
      label={t("accounts")}
      place={place}
      pills={[
        ...(hasAll ? [all] : []),
        ...accounts.map(({ id, nickname }) => ({
          key: id,
          label: nickname,
          isHere: id === here,
          change: { ...change, account: id },
        })),
      ]}
    />
  );
}
