import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { CLAIM, refusals } from "@/lib/server/mercadolibre/testing/wire-claims";
import {
  readActionsHistory,
  readClaimDetail,
  readClaimReason,
  readReputation,
  readStatusHistory,
} from "./claims";

const on = (body: unknown) => client([{ body }]).meli;

describe("the detail of a claim", () => {
  it("tells in words what there is to do, by whom and until when", async () => {
    const body = {
      due_date: "2026-03-06T22:43:59.000-04:00",
      action_responsible: "seller",
      title: "Responde al comprador",
      description: "Tienes hasta el viernes",
      problem: "El producto no enciende",
    };
    expect(await readClaimDetail(on(body), CLAIM)).toEqual({
      dueAt: new Date("2026-03-07T02:43:59Z"),
      responsible: "seller",
      title: "Responde al comprador",
      description: "Tienes hasta el viernes",
      problem: "El producto no enciende",
    });
  });

  it.each([{}, { due_date: null, action_responsible: null, title: "", description: null, problem: null }])(
    "may tell nothing: %j",
    async (body) => {
      expect(await readClaimDetail(on(body), CLAIM)).toEqual({
        dueAt: null,
        responsible: null,
        title: null,
        description: null,
        problem: null,
      });
    },
  );
});

describe("a reason", () => {
  it("is read with what may be expected of it", async () => {
    const body = {
      id: "PNR9502",
      flow: "mediations_undelivered",
      name: "respondent_unanswered",
      detail: "El vendedor no me respondió",
      filter: { group: null, site_id: ["MLM", "CBT"] },
      settings: {
        allowed_flows: [],
        expected_resolutions: ["refund", "product", "new"],
        rules_engine_triage: [],
      },
    };
    expect(await readClaimReason(on(body), "PNR9502")).toEqual({
      id: "PNR9502",
      flow: "mediations_undelivered",
      name: "respondent_unanswered",
      detail: "El vendedor no me respondió",
      expectedResolutions: ["refund", "product", "new"],
    });
  });

  it.each([{ settings: null }, { settings: { expected_resolutions: null } }, {}])(
    "may expect nothing: %j",
    async (more) => {
      const found = await readClaimReason(on({ id: "CS1", ...more }), "CS1");
      expect(found).toEqual({ id: "CS1", flow: null, name: null, detail: null, expectedResolutions: [] });
    },
  );

  it.each(["", "../x", "a b", "a?b"])("with the id %j is refused before any call", async (id) => {
    expect(await errorOf(readClaimReason(on({}), id))).toMatchObject({ code: "invalid_input" });
  });
});

describe("the histories of a claim", () => {
  const at = (minute: number) => `2026-03-02T10:0${minute}:00.000-04:00`;
  const done = (action_name: string, minute: number, more: object = {}) => ({
    action_name,
    player_role: "respondent",
    action_reason_id: null,
    claim_stage: "claim",
    claim_status: "opened",
    date_created: at(minute),
    ...more,
  });

  it("list what was done, oldest first, though it comes newest first", async () => {
    const found = await readActionsHistory(
      on([done("refund", 3), done("send_message_to_complainant", 2)]),
      CLAIM,
    );
    expect(found.map(({ action }) => action)).toEqual(["send_message_to_complainant", "refund"]);
  });

  it("keep the order in time of what has one instant, however the list is sorted", async () => {
    const newest = [done("close_claim", 3), done("refund", 3), done("open_claim", 1)];
    const names = async (rows: unknown[]) =>
      (await readActionsHistory(on(rows), CLAIM)).map(({ action }) => action);
    expect(await names(newest)).toEqual(["open_claim", "refund", "close_claim"]);
    expect(await names(newest.toReversed())).toEqual(["open_claim", "refund", "close_claim"]);
  });

  it.each([
    ["PDD9939", "PDD9939"],
    ["", null],
    [null, null],
  ])("read the reason %j as %j", async (action_reason_id, reasonId) => {
    expect(await readActionsHistory(on([done("x", 1, { action_reason_id })]), CLAIM)).toMatchObject([
      { reasonId },
    ]);
  });

  it("take an opening without stage or status, and any name", async () => {
    const rows = [
      done("brand_new", 1, { claim_stage: null, claim_status: null, player_role: "complainant" }),
    ];
    expect(await readActionsHistory(on(rows), CLAIM)).toEqual([
      {
        action: "brand_new",
        role: "complainant",
        reasonId: null,
        stage: null,
        status: null,
        at: new Date(at(1)),
      },
    ]);
  });

  it("leave out a row without a date or a name, and say so in the log", async () => {
    const { meli, lines } = client([
      { body: [done("x", 1, { date_created: null }), { date_created: at(1) }, done("y", 2)] },
    ]);
    expect(await readActionsHistory(meli, CLAIM)).toHaveLength(1);
    expect(lines.join()).toContain('"droppedRows":2');
  });

  it("list stages and statuses, oldest first", async () => {
    const rows = [
      { stage: "dispute", status: "opened", date: at(4), change_by: "respondent" },
      { stage: "claim", status: "opened", date: at(1), change_by: "complainant" },
    ];
    expect(await readStatusHistory(on(rows), CLAIM)).toEqual([
      { stage: "claim", status: "opened", at: new Date(at(1)), by: "complainant" },
      { stage: "dispute", status: "opened", at: new Date(at(4)), by: "respondent" },
    ]);
  });

  it.each([{ data: [] }, { results: [] }, []])("may be empty, bare or wrapped: %j", async (body) => {
    expect(await readStatusHistory(on(body), CLAIM)).toEqual([]);
    expect(await readActionsHistory(on(body), CLAIM)).toEqual([]);
  });

  it("are not read from what is no list", async () => {
    expect(await errorOf(readStatusHistory(on({ ok: 1 }), CLAIM))).toMatchObject({ code: "meli_unreadable" });
  });
});

describe("the effect on reputation", () => {
  it.each([
    [
      { affects_reputation: "affected", has_incentive: true, due_date: "2026-03-04T09:59:05.000-04:00" },
      { effect: "affected", hasIncentive: true, dueAt: new Date("2026-03-04T13:59:05Z") },
    ],
    [
      { affects_reputation: "not_affected", has_incentive: false, due_date: "2023-04-19T00:00-04:00" },
      { effect: "not_affected", hasIncentive: false, dueAt: new Date("2023-04-19T04:00:00Z") },
    ],
    [
      { affects_reputation: "not_applies", has_incentive: false, due_date: null },
      { effect: "not_applies", hasIncentive: false, dueAt: null },
    ],
    [{ affects_reputation: "another" }, { effect: "another", hasIncentive: false, dueAt: null }],
    [{}, { effect: "unknown", hasIncentive: false, dueAt: null }],
  ])("%j", async (body, expected) => {
    expect(await readReputation(on(body), CLAIM)).toEqual(expected);
  });

  it("of a claim that is not there is refused", async () => {
    const { meli } = client([refusals.local(404, "Resource not found", "business_logic_error")]);
    expect((await failureOf(readReputation(meli, CLAIM))).code).toBe("not_found");
  });
});
