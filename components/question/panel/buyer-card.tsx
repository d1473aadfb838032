"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Fact } from "@/components/context/fact";
import { AskDialog } from "@/components/question/ask-dialog";
import { CopyValue } from "@/components/question/copy-button";
import { useDesk } from "@/components/question/use-desk";
import { useBuyerName } from "@/components/question/use-question-words";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

/** Who asks, how to reach them where Mercado Libre tells, and whether they may go on asking. */
export function BuyerCard() {
  const t = useTranslations("question.panel");
  const menu = useTranslations("question.menu");
  const threads = useTranslations("thread.context");
  const name = useBuyerName();
  const { view } = useDesk();
  const { chain, isBuyerBlocked } = view.question;
  const { contact, buyerId, questions } = chain;
  const button = useRef<HTMLButtonElement>(null);
  const [isAsking, setAsking] = useState(false);
  const act = isBuyerBlocked === true ? "unblock" : "block";
  const nickname = view.context?.buyer?.nickname ?? view.row.buyer;
  const isNameKnown = contact?.name !== null && contact?.name !== undefined && contact.name !== nickname;
  return (
    <Card title={t("buyer")}>
      {buyerId === null && <p className="text-ink-2 text-sm">{t("unknownBuyer")}</p>}
      <dl>
        <Fact label={t("nickname")}>{nickname}</Fact>
        {isNameKnown && <Fact label={t("name")}>{contact?.name}</Fact>}
        <Contact label={t("phone")} value={contact?.phone ?? null} href="tel:" />
        <Contact label={t("email")} value={contact?.email ?? null} href="mailto:" />
        <Fact label={threads("place")}>{view.context?.buyer?.place}</Fact>
        <Fact label={t("asked")}>{questions.length > 1 ? String(questions.length) : null}</Fact>
      </dl>
      {isBuyerBlocked === true && <p className="mt-1 text-mute text-sm">{t("blocked")}</p>}
      {buyerId !== null && (
        <Button
          ref={button}
          size="sm"
          aria-haspopup="dialog"
          aria-label={menu(act, { buyer: name })}
          onClick={() => setAsking(true)}
          className="mt-2 w-full"
        >
          {t(act)}
        </Button>
      )}
      {isAsking && (
        <AskDialog
          act={act}
          onClose={() => {
            setAsking(false);
            button.current?.focus();
          }}
        />
      )}
    </Card>
  );
}

function Contact({ label, value, href }: { label: string; value: string | null; href: "tel:" | "mailto:" }) {
  if (value === null || value === "") return null;
  return (
    <Fact label={label}>
      <span className="inline-flex items-center gap-1">
        <a href={`${href}${value.replace(/\s+/g, "")}`} className="hover:underline">
          {value}
        </a>
        <CopyValue what={label} value={value} />
      </span>
    </Fact>
  );
}
