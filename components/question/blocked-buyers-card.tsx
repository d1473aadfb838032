"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { problemOf } from "@/lib/client/api-error";
import { viewerOf } from "@/lib/client/keys";
import { useNow } from "@/lib/client/now";
import { postUnblock } from "@/lib/client/question-calls";
import { blockedBuyersOptions } from "@/lib/client/question-queries";
import type { AccountView, MeView } from "@/lib/shared/api/account";
import type { BlockedBuyersView } from "@/lib/shared/api/question";
import { exactTime, shortDate } from "@/lib/shared/view/moments";
import { sellerZone } from "@/lib/shared/view/seller-zone";

type Accounts = readonly AccountView[];
type Blocked = BlockedBuyersView["accounts"][number];
type Buyer = NonNullable<Blocked["buyers"]>[number];

/** Buyers who may not ask on the user's listings: who they are, since when, and the way to let them ask again. */
export function BlockedBuyersCard({ me }: { me: MeView }) {
  const t = useTranslations("question.blockedList");
  const errors = useTranslations("errors");
  const blocked = useQuery(blockedBuyersOptions(viewerOf(me)));
  return (
    <Section title={t("title")} intro={t("intro")}>
      {blocked.isError ? (
        <Notice
          tone="due"
          role="alert"
          action={
            <Button size="sm" isBusy={blocked.isFetching} onClick={() => void blocked.refetch()}>
              {t("again")}
            </Button>
          }
        >
          {t("failed", { why: errors(problemOf(blocked.error)) })}
        </Notice>
      ) : blocked.data === undefined ? (
        <p className="text-ink-2">{t("loading")}</p>
      ) : (
        <List blocked={blocked.data.accounts} me={me} />
      )}
    </Section>
  );
}

function List({ blocked, me }: { blocked: readonly Blocked[]; me: MeView }) {
  const t = useTranslations("question.blockedList");
  const errors = useTranslations("errors");
  const client = useQueryClient();
  const accounts: Accounts = me.accounts;
  const unblock = useMutation({
    mutationFn: ({ accountId, buyer }: { accountId: string; buyer: Buyer }) =>
      postUnblock(accountId, buyer.id),
    onSuccess: (fresh) => client.setQueryData(blockedBuyersOptions(viewerOf(me)).queryKey, fresh),
  });
  const nameOf = ({ name, id }: Buyer) => name ?? t("buyer", { id });
  const { variables } = unblock;
  const isNone = blocked.every(({ buyers }) => buyers?.length === 0);
  return (
    <>
      {isNone && <p className="text-ink-2">{t("none")}</p>}
      <div className="space-y-4">
        {blocked.map((account) => (
          <AccountBuyers
            key={account.accountId}
            account={account}
            owner={accounts.length > 1 ? (accounts.find(({ id }) => id === account.accountId) ?? null) : null}
            zone={sellerZone(accounts)}
            nameOf={nameOf}
            busyId={unblock.isPending ? (variables?.buyer.id ?? null) : null}
            onUnblock={(buyer) => unblock.mutate({ accountId: account.accountId, buyer })}
          />
        ))}
      </div>
      <p role="status" className="mt-3 text-fine text-sm empty:mt-0">
        {unblock.isSuccess && variables && t("unblocked", { name: nameOf(variables.buyer) })}
      </p>
      {unblock.isError && variables && (
        <Notice tone="due" role="alert" className="mt-3">
          {t("notDone", { name: nameOf(variables.buyer), why: errors(problemOf(unblock.error)) })}
        </Notice>
      )}
    </>
  );
}

function AccountBuyers({
  account: { buyers, isComplete },
  owner,
  zone,
  nameOf,
  busyId,
  onUnblock,
}: {
  account: Blocked;
  /** Named where there are several. */
  owner: AccountView | null;
  zone: string;
  nameOf: (buyer: Buyer) => string;
  busyId: string | null;
  onUnblock: (buyer: Buyer) => void;
}) {
  const t = useTranslations("question.blockedList");
  const locale = useLocale();
  const now = useNow();
  if (buyers?.length === 0) return null;
  return (
    <div>
      {owner !== null && (
        <h3 className="mb-1 font-semibold text-sm">{`${owner.nickname} · ${owner.siteId}`}</h3>
      )}
      {buyers === null ? (
        <p className="text-ink-2 text-sm">{t("unread")}</p>
      ) : (
        <ul className="divide-y divide-line rounded-2 border border-line">
          {buyers.map((buyer) => (
            <li key={buyer.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <span className="font-medium">{nameOf(buyer)}</span>
                {buyer.blockedAt !== null && (
                  <span
                    className="ml-2 text-ink-3 text-sm"
                    title={exactTime(buyer.blockedAt, locale, zone)}
                    suppressHydrationWarning
                  >
                    {t("since", { date: shortDate(buyer.blockedAt, now, locale, zone) })}
                  </span>
                )}
              </span>
              <Button
                size="sm"
                aria-label={t("unblockName", { name: nameOf(buyer) })}
                isBusy={busyId === buyer.id}
                disabled={busyId !== null}
                onClick={() => onUnblock(buyer)}
              >
                {t("unblock")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {buyers !== null && !isComplete && <p className="mt-1 text-soon text-sm">{t("incomplete")}</p>}
    </div>
  );
}
