import { describe, expect, it } from "vitest";
import type { ActView } from "@/lib/shared/api/claim";
import { amountOf, confirmKey, needsTick, standingOf, unsettledAct } from "./claim-acts";
import { ACT_REASONS, actReasonOf, stageOf, whoOf } from "./claim-codes";

const ars = { minor: 4_899_000, currency: "ARS" };

const row = (state: ActView["state"], o: Partial<ActView> = {}): ActView => ({
  id: state,
  key: state,
  act: { kind: "refund" },
  confirmed: { buyer: "Ana", amount: ars },
  by: "TIENDA",
  at: new Date("2026-03-02T12:00:00Z"),
  state,
  reason: null,
  settledAt: null,
  canRetry: false,
  sendsAt: null,
  heldFor: [],
  ...o,
});

describe("where an act stands", () => {
  it("can be undone for as long as it has not left", () => {
    expect(standingOf(row("queued", { sendsAt: new Date() }))).toMatchObject({
      key: "waiting",
      moves: ["undo"],
    });
    expect(standingOf(row("queued"))).toMatchObject({ key: "queued", moves: ["undo"] });
    expect(standingOf(row("sending")).moves).toEqual([]);
    expect(standingOf(row("accepted")).moves).toEqual([]);
  });

  it("offers another try only where the server does", () => {
    expect(standingOf(row("failed")).moves).toEqual(["discard"]);
    expect(standingOf(row("failed", { canRetry: true })).moves).toEqual(["retry", "discard"]);
    expect(standingOf(row("uncertain")).moves).toEqual(["check"]);
    expect(standingOf(row("uncertain", { canRetry: true })).moves).toEqual(["check", "retry", "discard"]);
  });

  it("asks for a decision about one that was held", () => {
    expect(standingOf(row("held")).moves).toEqual(["show", "sendAnyway", "discard"]);
  });

  it.each(["queued", "held", "sending", "accepted", "uncertain"] as const)(
    "keeps others back while one is %s",
    (state) => {
      expect(unsettledAct([row("sent"), row(state)])?.state).toBe(state);
    },
  );

  it("keeps nothing back for what is done, failed or was taken back", () => {
    expect(unsettledAct([row("sent"), row("failed"), row("cancelled")])).toBeNull();
  });
});

describe("what is confirmed", () => {
  it("names the amount of the offer, and of the sale where all of it goes back", () => {
    const part = { minor: 1_469_700, currency: "ARS" };
    expect(amountOf({ kind: "partialRefund", percentage: 30, amount: part }, ars)).toEqual(part);
    expect(amountOf({ kind: "refund" }, ars)).toEqual(ars);
    expect(amountOf({ kind: "openDispute" }, ars)).toBeNull();
  });

  it("takes the words for what is known of it", () => {
    expect(confirmKey({ buyer: "Ana", amount: ars })).toBe("both");
    expect(confirmKey({ buyer: null, amount: ars })).toBe("amount");
    expect(confirmKey({ buyer: "Ana", amount: null })).toBe("buyer");
    expect(confirmKey({ buyer: null, amount: null })).toBe("none");
  });

  it("wants a tick where money goes back, and nowhere else", () => {
    expect(["refund", "partialRefund", "allowReturn"].every((kind) => needsTick(kindOf(kind)))).toBe(true);
    expect(needsTick("openDispute")).toBe(false);
    expect(needsTick("reviewFail")).toBe(false);
  });
});

const KINDS = ["refund", "partialRefund", "allowReturn"] as const;
const kindOf = (name: string) => KINDS.find((kind) => kind === name) ?? "refund";

describe("codes", () => {
  it("have words, are one of our errors, or stay themselves", () => {
    for (const reason of ACT_REASONS) expect(actReasonOf(reason)).toEqual({ kind: "act", reason });
    expect(actReasonOf("meli_down")).toEqual({ kind: "error", code: "meli_down" });
    expect(actReasonOf("brand_new")).toEqual({ kind: "code", code: "brand_new" });
    expect(actReasonOf(null)).toBeNull();
  });

  it("name a party as the seller knows it, also in a cancellation, where the roles are swapped", () => {
    expect(whoOf("respondent", "respondent")).toBe("you");
    expect(whoOf("complainant", "respondent")).toBe("buyer");
    expect(whoOf("complainant", "complainant")).toBe("you");
    expect(whoOf("respondent", "complainant")).toBe("buyer");
    expect(whoOf("mediator", "respondent")).toBe("mediator");
    expect(whoOf("warehouse_dispatcher", "respondent")).toBeNull();
  });

  it("leave an unknown stage without a name", () => {
    expect(stageOf({ stage: "dispute" })).toBe("dispute");
    expect(stageOf({ stage: "appeal" })).toBeNull();
  });
});
