"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { type Viewer, viewerOf } from "@/lib/client/keys";
import { useNow } from "@/lib/client/now";
import type { MeView } from "@/lib/shared/api/account";
import { LEADS_TABS } from "@/lib/shared/view/leads-address";
import { contactsFilter, leadsFilter, zoneOf } from "@/lib/shared/view/leads-period";
import { ContactsTab } from "./contacts/contacts-tab";
import { LeadsTab } from "./people/leads-tab";
import { PeriodChooser } from "./period-chooser";
import { TabLinks } from "./tab-links";
import { useLeadsAddress } from "./use-leads-address";

/** Contacts and leads of classified listings. What to show is read from the address alone. */
export function LeadsScreen({ me }: { me: MeView }) {
  const t = useTranslations("leads");
  const { userId, currentAccountId } = viewerOf(me);
  const viewer = useMemo<Viewer>(() => ({ userId, currentAccountId }), [userId, currentAccountId]);
  const place = useLeadsAddress();
  const now = useNow();
  const { address } = place;
  const zone = zoneOf(me.accounts, address.account);
  const isContacts = address.tab === "contacts";
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 px-4 py-4 sm:px-6 md:py-6">
      <header className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <h1 className="font-bold text-xl">{t("title")}</h1>
          <TabLinks
            label={t("tabs.label")}
            place={place}
            tabs={LEADS_TABS.map((tab) => ({
              key: tab,
              label: t(`tabs.${tab}`),
              isHere: tab === address.tab,
              change: { tab, lead: null },
            }))}
          />
        </div>
        <PeriodChooser place={place} timeZone={zone} now={now} />
      </header>
      {isContacts ? (
        <ContactsTab viewer={viewer} place={place} filter={contactsFilter(address, now, zone)} />
      ) : (
        <LeadsTab
          viewer={viewer}
          place={place}
          filter={leadsFilter(address, now, zone)}
          zone={zone}
          accounts={me.accounts}
        />
      )}
    </div>
  );
}
