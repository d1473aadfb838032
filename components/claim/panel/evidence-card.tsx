"use client";

import { useTranslations } from "next-intl";
import { useDesk } from "@/components/claim/use-desk";
import { Fact } from "@/components/context/fact";
import { Moment } from "@/components/inbox/moment";
import { useZone } from "@/components/inbox/zone";
import { Card } from "@/components/ui/card";
import { EVIDENCE_METHODS } from "@/lib/shared/view/claim-codes";
import { knownOf } from "@/lib/shared/view/statuses";

/** How the parcel was sent, as it was proved to Mercado Libre. */
export function EvidenceCard() {
  const t = useTranslations("claim.panel");
  const fields = useTranslations("claim.ask.evidence.field");
  const zone = useZone();
  const { claim, view } = useDesk();
  const { evidences } = claim.facts;
  const entries = evidences.map((evidence, index) => ({ evidence, key: `${index}` }));
  const day = (at: Date | null) => (at === null ? null : <Moment at={at} timeZone={zone} style="date" />);
  return (
    <Card title={t("evidences")}>
      {entries.map(({ evidence, key }) => (
        <dl key={key} className="border-line not-first:mt-1.5 not-first:border-t not-first:pt-1.5">
          <Fact label={t("evidenceHow")}>
            <span className="font-semibold">{methodWords(evidence.method)}</span>
          </Fact>
          <Fact label={t("evidenceFiles")}>
            {evidence.files.length === 0 ? null : (
              <ul>
                {evidence.files.map((name) => (
                  <li key={name}>
                    <a href={hrefOf(view.row, name)} download={name} className="[overflow-wrap:anywhere]">
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </Fact>
          <Fact label={fields("company")}>{evidence.company}</Fact>
          <Fact label={t("tracking")}>{evidence.tracking}</Fact>
          <Fact label={fields("agency")}>{evidence.agency}</Fact>
          <Fact label={fields("receiver")}>{evidence.receiver}</Fact>
          <Fact label={fields("email")}>{evidence.email}</Fact>
          <Fact label={t("shippedOn")}>{day(evidence.shippedAt)}</Fact>
          <Fact label={t("deliveredOn")}>{day(evidence.deliveredAt)}</Fact>
          <Fact label={t("promisedOn")}>{day(evidence.handlingAt)}</Fact>
        </dl>
      ))}
    </Card>
  );

  function methodWords(method: string | null): string {
    if (method === null) return t("evidenceMethod.promise");
    const known = knownOf(EVIDENCE_METHODS, method);
    return known === null ? t("evidenceMethod.unknown", { code: method }) : t(`evidenceMethod.${known}`);
  }
}

const hrefOf = ({ externalId, accountId }: { externalId: string; accountId: string }, name: string) =>
  `/api/threads/claims/${externalId}/attachments/${encodeURIComponent(name)}?account=${accountId}`;
