import { describe, expect, test } from "vitest";
import { CLAIM_ACTS } from "@/lib/shared/api/claim";
import { offeredActs, receiversOf } from "./offered";
import { claimOf } from "./testing/claim-of";
import { SECTION_7, type Standing } from "./testing/section-7";

const TERM = new Date("2026-11-20T22:43:59-04:00");

const claimIn = ({ type, stage, status, reasonId, actions, mandatory }: Standing) =>
  claimOf({
    type,
    stage,
    status,
    reasonId,
    actions: actions.map((action) => ({
      action,
      isMandatory: action === mandatory,
      dueAt: action === mandatory ? TERM : null,
    })),
  });

describe("what the screen offers, and who may be written to", () => {
  test.each(SECTION_7)("$name", (standing) => {
    const { localOnly = [], offers, writesTo } = standing;
    const claim = claimIn(standing);
    expect(offeredActs(claim, "LOCAL").map(({ act }) => act)).toEqual(offers);
    expect(offeredActs(claim, "GLOBAL").map(({ act }) => act)).toEqual(
      offers.filter((act) => !localOnly.includes(act)),
    );
    expect(receiversOf(claim)).toEqual(writesTo);
  });
});

test("offers every act somewhere, so that none is out of reach", () => {
  const reached = new Set(SECTION_7.flatMap(({ offers }) => offers));
  expect([...CLAIM_ACTS].filter((act) => !reached.has(act))).toEqual([]);
});

test("says which act is a duty and until when, by the earliest of the actions that permit it", () => {
  const claim = claimOf({
    actions: [
      { action: "allow_return", isMandatory: false, dueAt: new Date(TERM.getTime() + 1) },
      { action: "allow_return_label", isMandatory: true, dueAt: TERM },
    ],
  });
  expect(offeredActs(claim, "LOCAL")).toEqual([{ act: "allowReturn", isMandatory: true, dueAt: TERM }]);
});

test("writes by the action that is held, not by the stage", () => {
  const actions = [{ action: "send_message_to_mediator", isMandatory: false, dueAt: null }];
  for (const stage of ["claim", "dispute", "recontact", "limbo"]) {
    expect(receiversOf(claimOf({ stage, actions }))).toEqual(["mediator"]);
  }
});
