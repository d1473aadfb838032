import { describe, expect, it } from "vitest";
import type { ActView } from "@/lib/shared/api/claim";
import type { MessageView } from "@/lib/shared/api/thread";
import { claimOf } from "@/lib/shared/claim/testing/claim-of";
import { mergeBubbles } from "./bubbles";
import { weaveClaim } from "./claim-flow";

const at = (time: string) => new Date(`2026-11-16T${time}:00Z`);

const message = (id: string, time: string): MessageView => ({
  id,
  direction: "in",
  author: "buyer",
  to: "respondent",
  stage: "claim",
  text: id,
  textTranslated: null,
  visibility: "visible",
  reason: null,
  createdAt: at(time),
  readAt: null,
  attachments: [],
});

const cancelled: ActView = {
  id: "row",
  key: "key",
  act: { kind: "refund" },
  confirmed: { buyer: null, amount: null },
  by: "TIENDA",
  at: at("15:30"),
  state: "cancelled",
  reason: null,
  settledAt: null,
  canRetry: false,
  sendsAt: null,
  heldFor: [],
};

const facts = claimOf({
  createdAt: at("14:00"),
  stages: [
    { stage: "claim", status: "opened", by: "complainant", at: at("14:00") },
    { stage: "dispute", status: "opened", by: "complainant", at: at("16:00") },
  ],
});

describe("weaveClaim", () => {
  const messages = [message("a", "14:00"), message("b", "17:00")];
  const claim = { facts, offered: [], acts: [cancelled] };

  it("puts what happened between the messages, the opening before the words that came with it", () => {
    const flow = weaveClaim({ claim, messages, hasOlder: false }, mergeBubbles(messages, []));
    expect(flow.map(({ key }) => key)).toEqual(["event/opened", "a", "event/stage/1", "b"]);
  });

  it("keeps back what lies before the oldest message that is shown", () => {
    const shown = messages.slice(1);
    const flow = weaveClaim({ claim, messages: shown, hasOlder: true }, mergeBubbles(shown, []));
    expect(flow.map(({ key }) => key)).toEqual(["b"]);
  });

  it("shows a claim on which nobody wrote", () => {
    const flow = weaveClaim({ claim, messages: [], hasOlder: false }, []);
    expect(flow.map(({ key }) => key)).toEqual(["event/opened", "event/stage/1"]);
  });

  it("leaves a conversation of another channel as it is", () => {
    const bubbles = mergeBubbles(messages, []);
    expect(weaveClaim({ claim: null, messages, hasOlder: false }, bubbles)).toEqual(bubbles);
  });
});
