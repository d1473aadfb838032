import { describe, expect, it } from "vitest";
import type { ActView, Claim } from "@/lib/shared/api/claim";
import { claimTimeline } from "./claim-timeline";

const at = (time: string) => new Date(`2026-03-02T${time}:00Z`);

type Facts = Parameters<typeof claimTimeline>[0];

const facts = (o: Partial<Facts> = {}): Facts => ({
  history: [{ action: "open_claim", role: "complainant", stage: null, at: at("10:00") }],
  stages: [{ stage: "claim", status: "opened", by: "complainant", at: at("10:00") }],
  role: "respondent",
  createdAt: at("10:00"),
  resolution: null,
  status: "opened",
  ...o,
});

const done = (action: string, role: string, time: string): Claim["history"][number] => ({
  action,
  role,
  stage: "claim",
  at: at(time),
});

const act = (o: Partial<ActView> = {}): ActView => ({
  id: "row-1",
  key: "key-1",
  act: { kind: "refund" },
  confirmed: { buyer: "Ana", amount: null },
  by: "TIENDA",
  at: at("12:00"),
  state: "sent",
  reason: null,
  settledAt: null,
  canRetry: false,
  sendsAt: null,
  heldFor: [],
  ...o,
});

const told = (events: ReturnType<typeof claimTimeline>) =>
  events.map((event) => {
    if (event.kind === "stage") return `stage ${event.stage} by ${event.by}`;
    if (event.kind === "done") return `${event.action} by ${event.by}${event.act ? " (ours)" : ""}`;
    if (event.kind === "act") return `act ${event.act.act.kind} ${event.act.state}`;
    return `${event.kind} by ${event.by}`;
  });

describe("claimTimeline", () => {
  it("tells the opening once, by whoever opened it", () => {
    expect(told(claimTimeline(facts(), []))).toEqual(["opened by complainant"]);
  });

  it("leaves messages to the conversation", () => {
    const history = [done("send_message_to_complainant", "respondent", "11:00")];
    expect(told(claimTimeline(facts({ history }), []))).toEqual(["opened by complainant"]);
  });

  it("tells a mediation once, although both histories name it, and who asked for it", () => {
    const events = claimTimeline(
      facts({
        stages: [
          { stage: "claim", status: "opened", by: "complainant", at: at("10:00") },
          { stage: "dispute", status: "opened", by: null, at: at("13:00") },
        ],
        history: [done("open_dispute", "complainant", "13:01")],
      }),
      [],
    );
    expect(told(events)).toEqual(["opened by complainant", "stage dispute by complainant"]);
  });

  it("tells a refund and the closing that follows it a second later as two things, each once", () => {
    const events = claimTimeline(
      facts({
        status: "closed",
        stages: [
          { stage: "claim", status: "opened", by: "complainant", at: at("10:00") },
          { stage: "claim", status: "closed", by: "mediator", at: at("12:01") },
        ],
        history: [done("refund", "respondent", "12:00"), done("close_claim", "mediator", "12:01")],
      }),
      [act()],
    );
    expect(told(events)).toEqual([
      "opened by complainant",
      "refund by respondent (ours)",
      "closed by mediator",
    ]);
  });

  it("does not take an act of ours for one that was done before it was confirmed", () => {
    const history = [done("refund", "respondent", "09:00")];
    expect(told(claimTimeline(facts({ history }), [act()]))).toEqual([
      "refund by respondent",
      "opened by complainant",
      "act refund sent",
    ]);
  });

  it("does not give an act of ours to the buyer's entry of the same name", () => {
    const history = [done("allow_return", "complainant", "12:01")];
    const events = claimTimeline(facts({ history }), [act({ act: { kind: "allowReturn" } })]);
    expect(told(events)).toEqual([
      "opened by complainant",
      "act allowReturn sent",
      "allow_return by complainant",
    ]);
  });

  it("shows an act that failed as our own, whatever the history says", () => {
    const history = [done("refund", "respondent", "12:30")];
    expect(told(claimTimeline(facts({ history }), [act({ state: "failed" })]))).toEqual([
      "opened by complainant",
      "act refund failed",
      "refund by respondent",
    ]);
  });

  it("shows a mediation that we asked for with who confirmed it, beside the new stage", () => {
    const events = claimTimeline(
      facts({
        stages: [
          { stage: "claim", status: "opened", by: "complainant", at: at("10:00") },
          { stage: "dispute", status: "opened", by: "respondent", at: at("12:01") },
        ],
        history: [done("open_dispute", "respondent", "12:01")],
      }),
      [act({ act: { kind: "openDispute" } })],
    );
    expect(told(events)).toEqual([
      "opened by complainant",
      "stage dispute by respondent",
      "act openDispute sent",
    ]);
  });

  it("puts an act that waits for a decision below what has happened since", () => {
    const history = [done("generate_return", "complainant", "14:00")];
    expect(told(claimTimeline(facts({ history }), [act({ state: "held" })]))).toEqual([
      "opened by complainant",
      "generate_return by complainant",
      "act refund held",
    ]);
  });

  it("keeps an action that nobody knows, by its code", () => {
    const history = [done("brand_new_thing", "mediator", "11:00")];
    expect(told(claimTimeline(facts({ history }), []))).toEqual([
      "opened by complainant",
      "brand_new_thing by mediator",
    ]);
  });

  it("tells the end from the resolution where the stages do not reach it", () => {
    const events = claimTimeline(
      facts({
        status: "closed",
        resolution: {
          reason: "timeout",
          at: at("15:00"),
          benefited: [],
          closedBy: "mediator",
          isCovered: null,
        },
      }),
      [],
    );
    expect(told(events)).toEqual(["opened by complainant", "closed by mediator"]);
  });
});
