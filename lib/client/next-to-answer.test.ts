import { describe, expect, it } from "vitest";
import type { ThreadRow } from "@/lib/shared/api/inbox";
import type { OutboxView } from "@/lib/shared/api/thread";
import { LATER, ranked } from "@/lib/shared/rank";
import { forgetSent, lastSent, noteSent, onSent } from "./last-sent";
import { nextToAnswer } from "./next-to-answer";

const ASKED = new Date("2026-11-20T10:00:00Z");

function row(id: string, waitingSince: Date | null = ASKED): ThreadRow {
  const isWaiting = waitingSince !== null;
  return {
    accountId: "1",
    profile: "LOCAL",
    siteId: "MLA",
    channel: "questions",
    externalId: `anchor-${id}`,
    product: null,
    buyer: null,
    isPulled: true,
    snippet: null,
    lastDirection: "in",
    sortAt: ASKED,
    isWaiting,
    newCount: 0,
    meliUnread: 0,
    status: isWaiting ? "open" : "closed",
    substatus: null,
    outbox: null,
    dueAt: null,
    rank: isWaiting ? ranked("mine", ASKED.getTime()) : ranked("over", LATER),
    claim: null,
    question: {
      address: id,
      unanswered: isWaiting ? 1 : 0,
      waitingSince,
      status: isWaiting ? "UNANSWERED" : "ANSWERED",
    },
    amount: null,
    hasDraft: false,
  };
}

const keyOf = (id: string) => `1/questions/anchor-${id}`;
const ref = (externalId: string) => ({ channel: "questions" as const, externalId, account: null });
const reply = (createdAt: Date): OutboxView => ({
  id: "r",
  key: "k",
  text: "Sí",
  files: [],
  state: "queued",
  reason: null,
  messageId: null,
  option: null,
  to: null,
  questionId: "x",
  createdAt,
  canRetry: false,
  sendsAt: null,
  heldFor: [],
});
const idOf = (found: ThreadRow | undefined) => found?.question?.address ?? null;

describe("nextToAnswer", () => {
  it("is the next below that waits, then the first from the top", () => {
    const rows = [row("1"), row("2"), row("3", null), row("4")];
    expect(idOf(nextToAnswer(rows, keyOf("2")))).toBe("4");
    expect(idOf(nextToAnswer(rows, keyOf("4")))).toBe("1");
    expect(idOf(nextToAnswer(rows, null))).toBe("1");
    expect(nextToAnswer([row("1"), row("3", null)], keyOf("1"))).toBeUndefined();
  });

  it("passes over what was answered from here, until the buyer asks again or it is taken back", () => {
    const rows = [row("11"), row("12"), row("13")];
    noteSent("1", { ref: ref("12"), buyer: null, reply: reply(new Date("2026-11-20T10:05:00Z")) });
    expect(idOf(nextToAnswer(rows, keyOf("11")))).toBe("13");
    const again = [row("11"), row("12", new Date("2026-11-20T11:00:00Z")), row("13")];
    expect(idOf(nextToAnswer(again, keyOf("11")))).toBe("12");
    forgetSent("1", ref("12"));
    expect(idOf(nextToAnswer(rows, keyOf("11")))).toBe("12");
  });
});

describe("lastSent", () => {
  it("is the newest, and tells who listens", () => {
    let told = 0;
    const stop = onSent(() => {
      told += 1;
    });
    noteSent("1", { ref: ref("21"), buyer: "ANA", reply: reply(ASKED) });
    expect(lastSent()?.ref.externalId).toBe("21");
    forgetSent("1", ref("21"));
    expect([lastSent(), told]).toEqual([null, 2]);
    stop();
  });
});
