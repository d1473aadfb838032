import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ActOptionsSchema, type ClaimAct } from "@/lib/shared/api/claim";
import { type ClaimHouse, createClaimHouse, type OpenClaim, PROFILES } from "@/scripts/testing/claim-house";
import { daysAgo, FORGED, KINDS, kindCase, offerOf, PNG } from "@/scripts/testing/claim-kinds";
import { repliesOn, workOff } from "@/scripts/testing/outbox";

let at: ClaimHouse;

beforeAll(async () => {
  at = await createClaimHouse();
});
afterAll(() => at.house.close());

const refund: ClaimAct = { kind: "refund" };
const mail = { method: "mail" as const, company: "OCA", shippedOn: daysAgo(2), tracking: null };
const problemOf = async (answer: Response) => {
  const { code, reason = null, fields = null } = await answer.json();
  return { status: answer.status, code, reason, fields };
};
const stale = { status: 422, code: "invalid_input", reason: null, fields: { confirmed: "stale" } };

/** Nothing was put in the queue, on record, or sent. */
async function expectNothing(claim: OpenClaim): Promise<void> {
  expect(await repliesOn(at.house, claim.claimId)).toEqual([]);
  expect(await claim.audits()).toEqual([]);
  expect((await claim.writes()).filter(({ path }) => !/attachments/.test(path))).toEqual([]);
}

describe.each(PROFILES)("what a $profile seller may confirm", (where) => {
  it("refuses every act that the claim does not offer, before anything reaches Mercado Libre", async () => {
    const claim = await at.open({ stage: "dispute", dispute: { hoursAgo: 2 } }, { in: where });
    expect((await claim.view()).claim?.offered).toEqual([]);
    expect(FORGED.map(({ kind }) => kind).toSorted()).toEqual(KINDS.map(({ kind }) => kind).toSorted());
    const before = (await at.house.calls({ sellerId: claim.owner.accountId })).length;
    for (const act of FORGED) {
      expect([act.kind, await problemOf(await claim.post(act))]).toEqual([
        act.kind,
        { status: 422, code: "refused_by_meli", reason: "action_not_held", fields: null },
      ]);
    }
    expect(await at.house.calls({ sellerId: claim.owner.accountId })).toHaveLength(before);
    await expectNothing(claim);
  });

  it("goes by what is held at this moment: the same acts pass where the claim offers them", async () => {
    const claim = await at.open({ stage: "dispute", dispute: { hoursAgo: 2 } }, { in: where });
    const held = { isMandatory: false, dueAt: null };
    await claim.pretend({ stage: "claim", actions: [{ action: "refund", ...held }] });
    expect((await claim.view()).claim?.offered).toMatchObject([{ act: "refund" }]);
    const answers = await Promise.all(FORGED.map(async (act) => [act.kind, (await claim.post(act)).status]));
    expect(answers.filter(([, status]) => status === 200)).toEqual([["refund", 200]]);
    // What only we held on to is taken back by the last look, and nothing leaves.
    expect(await workOff(at.house, claim.claimId)).toMatchObject([
      { state: "failed", reason: "action_gone" },
    ]);
    expect(await claim.writes()).toEqual([]);
  });

  it("knows a claim of another account no more than one that does not exist", async () => {
    const theirs = await at.open({}, { in: where });
    const mine = await at.open({}, { in: where });
    const ask = (claimId: string) => {
      const body = { key: crypto.randomUUID(), act: refund, confirmed: { buyer: null, amount: null } };
      return at.house.call(`/api/threads/claims/${claimId}/acts`, { as: mine.owner, method: "POST", body });
    };
    const gone = { status: 404, code: "not_found", reason: null, fields: null };
    expect(await problemOf(await ask(theirs.claimId))).toEqual(gone);
    expect(await problemOf(await ask("5999999999"))).toEqual(gone);
    const options = `${theirs.thread}/options/partialRefund`;
    expect(await problemOf(await at.house.call(options, { as: mine.owner }))).toEqual(gone);
    expect((await at.house.call(theirs.thread, { as: mine.owner })).status).toBe(404);
    await expectNothing(theirs);
  });
});

describe("a confirmation", () => {
  it("of another buyer or amount than ours is none", async () => {
    const claim = await at.open();
    const { buyer, amount } = (await claim.view()).row;
    if (amount === null) throw new Error("the sale has no amount");
    for (const confirmed of [
      { buyer: "Otra Persona", amount },
      { buyer: null, amount },
      { buyer, amount: null },
      { buyer, amount: { ...amount, minor: amount.minor - 1 } },
      { buyer, amount: { ...amount, currency: "USD" } },
    ]) {
      expect(await problemOf(await claim.post(refund, { confirmed }))).toEqual(stale);
    }
    const part = await offerOf(at.house, claim, 30);
    expect(await problemOf(await claim.post(part, { confirmed: { buyer, amount } }))).toEqual(stale);
    // What names no amount has none on record.
    const back = { kind: "allowReturn" as const };
    expect(await problemOf(await claim.post(back, { confirmed: { buyer, amount } }))).toEqual(stale);
    await expectNothing(claim);
    expect((await claim.post(refund)).status).toBe(200);
  });

  it("says with whose account it was made, and what stood in it", async () => {
    const claim = await at.open();
    const act = await claim.confirm(refund);
    const { buyer, amount } = (await claim.view()).row;
    expect(act.confirmed).toEqual({ buyer, amount });
    expect(await claim.audits()).toMatchObject([{ by: "TIENDA DE PRUEBA", confirmed: { buyer, amount } }]);
  });

  it("is refused while the account is not connected", async () => {
    const claim = await at.open();
    await at.house.rt.database.pool.query("update accounts set state = 'reconnect' where id = $1", [
      claim.owner.accountId,
    ]);
    expect(await problemOf(await claim.post(refund))).toMatchObject({
      status: 409,
      code: "account_disconnected",
    });
    await expectNothing(claim);
  });
});

describe("shipping evidence", () => {
  const { seed, sale = {} } = kindCase("evidence");
  const faultsOf = async (claim: OpenClaim, evidence: object, files: string[] = []) => {
    const body = {
      key: crypto.randomUUID(),
      act: { kind: "evidence", evidence, files },
      confirmed: { buyer: (await claim.view()).row.buyer, amount: null },
    };
    const answer = await at.house.call(`${claim.thread}/acts`, { as: claim.owner, method: "POST", body });
    return (await problemOf(answer)).fields;
  };

  it("names days that have been, in their order, and a promise one that is to come", async () => {
    const claim = await at.open(seed, { sale });
    const entrusted = {
      method: "entrusted",
      company: "Flete",
      agency: "Retiro",
      receiver: "Lucía",
      receiverId: null,
      tracking: null,
      email: null,
    };
    expect(await faultsOf(claim, { ...mail, shippedOn: daysAgo(-2) })).toEqual({ shippedOn: "future" });
    expect(await faultsOf(claim, { ...mail, shippedOn: "2026-02-31" })).toEqual({ shippedOn: "not_a_day" });
    expect(await faultsOf(claim, { ...entrusted, shippedOn: daysAgo(2), deliveredOn: daysAgo(4) })).toEqual({
      deliveredOn: "before_shipped",
    });
    expect(await faultsOf(claim, { method: "personal_delivery", deliveredOn: daysAgo(-3) })).toEqual({
      deliveredOn: "future",
    });
    expect(await faultsOf(claim, { method: "promise", handlingOn: daysAgo(2) })).toEqual({
      handlingOn: "past",
    });
    const file = await claim.addFile("foto.png", PNG);
    expect(await faultsOf(claim, { method: "promise", handlingOn: daysAgo(-2) }, [file])).toEqual({
      files: "not_with_promise",
    });
    await expectNothing(claim);
    const sent = await claim.post({
      kind: "evidence",
      evidence: { method: "promise", handlingOn: daysAgo(-2) },
      files: [],
    });
    expect(sent.status).toBe(200);
  });

  it("takes no file of another thread's, and none twice", async () => {
    const claim = await at.open(seed, { sale });
    const other = await at.open(seed, { sale });
    const foreign = await other.addFile("foto.png", PNG);
    expect(await faultsOf(claim, mail, [foreign])).toEqual({ files: "unknown" });
    expect(await faultsOf(claim, mail, [crypto.randomUUID()])).toEqual({ files: "unknown" });
    await expectNothing(claim);
    const mine = await claim.addFile("foto.png", PNG);
    expect((await claim.post({ kind: "evidence", evidence: mail, files: [mine] })).status).toBe(200);
    expect(await repliesOn(at.house, claim.claimId)).toHaveLength(1);
  });
});

describe("the review of a return as failed", () => {
  const { seed } = kindCase("reviewFail");
  const failure = {
    reason: "SRF6",
    message: "No sirve",
    files: [] as string[],
    orderId: null as string | null,
  };
  const faultsOf = async (claim: OpenClaim, failures: (typeof failure)[]) =>
    (await problemOf(await claim.post({ kind: "reviewFail", failures }))).fields;

  it.each(["SRF2", "SRF4"])("wants photos for %s", async (reason) => {
    const claim = await at.open(seed);
    expect(await faultsOf(claim, [{ ...failure, reason }])).toEqual({ "failures.0.files": "required" });
    await expectNothing(claim);
  });

  it("wants words, names an order of a cart only, and no photo twice", async () => {
    const claim = await at.open(seed);
    expect(await faultsOf(claim, [{ ...failure, message: "  " }])).toEqual({ "failures.0.message": "empty" });
    expect(await faultsOf(claim, [{ ...failure, orderId: "2000000000000001" }])).toEqual({
      "failures.0.orderId": "not_a_cart",
    });
    expect(await faultsOf(claim, [{ ...failure, reason: "SRF7", orderId: "2000000000000001" }])).toEqual({
      "failures.0.orderId": "whole_only",
    });
    const file = await claim.addFile("foto.png", PNG);
    const twice = { ...failure, reason: "SRF2", files: [file] };
    expect(await faultsOf(claim, [twice, twice])).toEqual({ files: "twice" });
    await expectNothing(claim);
  });
});

describe("files of a claim", () => {
  const refused = async (claim: OpenClaim, name: string, body: Uint8Array) => {
    const path = `${claim.thread}/files?name=${encodeURIComponent(name)}`;
    return (await problemOf(await at.house.call(path, { as: claim.owner, method: "POST", body }))).reason;
  };

  it("are pictures and PDFs by what is in them, of 5 MB at most, under the name that the seller gave", async () => {
    const claim = await at.open();
    expect(await refused(claim, "foto.jpg", Buffer.from("no soy una foto"))).toBe("type");
    expect(await refused(claim, "nota.txt", Buffer.from("hola"))).toBe("type");
    expect(await refused(claim, "foto.png", Buffer.from("%!PS-Adobe-3.0"))).toBe("type");
    expect(await refused(claim, "vacía.png", Buffer.alloc(0))).toBe("empty");
    const large = Buffer.concat([PNG, Buffer.alloc(5_000_000)]);
    expect(await refused(claim, "grande.png", large)).toBe("too_big");
    expect(await claim.addFile("Captura del daño — ñandú (1).png", PNG)).toMatch(/^[0-9a-f-]{36}$/);
    const view = await claim.view();
    expect(view).toMatchObject({ maxFileBytes: 5_000_000, maxFiles: 10 });
    expect(view.attachmentTypes).toEqual(["image/jpeg", "image/png", "application/pdf"]);
  });

  it("are of more kinds in a conversation of the same account", async () => {
    const claim = await at.open();
    const pack = `/api/threads/messages/${claim.packId}`;
    await at.house.call(pack, { as: claim.owner });
    const body = Buffer.from("hola");
    const answer = await at.house.call(`${pack}/files?name=nota.txt`, {
      as: claim.owner,
      method: "POST",
      body,
    });
    expect(answer.status).toBe(200);
  });
});

describe("what an act asks Mercado Libre first", () => {
  const options = (claim: OpenClaim, kind: string) =>
    at.house.read(ActOptionsSchema, `${claim.thread}/options/${kind}`, { as: claim.owner });

  it("are the offers as they stand, and nothing where nothing is offered", async () => {
    const claim = await at.open();
    expect(await options(claim, "partialRefund")).toMatchObject({ kind: "partialRefund" });
    expect(await options(claim, "allowReturn")).toMatchObject({ kind: "allowReturn" });
    expect(await options(claim, "refund")).toEqual({ kind: "none" });
    expect(await options(claim, "reviewFail")).toEqual({ kind: "closed", reason: "action_gone" });
    await at.house.control(`/claims/${claim.claimId}/actions`, { without: ["allow_partial_refund"] });
    expect(await options(claim, "partialRefund")).toEqual({ kind: "closed", reason: "not_eligible" });
    expect(await claim.writes()).toEqual([]);
  });

  it("fails as a read that may be tried again where Mercado Libre is in trouble", async () => {
    const claim = await at.open();
    await at.house.control("/faults", { method: "GET", path: "available-offers$", times: 9, status: 503 });
    const answer = await at.house.call(`${claim.thread}/options/partialRefund`, { as: claim.owner });
    expect(await problemOf(answer)).toMatchObject({ status: 503, code: "meli_down" });
    await at.house.control("/faults/clear", {});
  });
});

describe("a claim and the conversation of its sale", () => {
  it("lead to each other", async () => {
    const claim = await at.open();
    const pack = `/api/threads/messages/${claim.packId}`;
    expect((await claim.view()).sale).toBeNull();
    const view = await (await at.house.call(pack, { as: claim.owner })).json();
    expect(view.claimIds).toEqual([claim.claimId]);
    expect(view.claim).toBeNull();
    expect((await claim.view()).sale).toEqual({ externalId: claim.packId });
  });

  it("stay apart where another account has the same numbers", async () => {
    const claim = await at.open();
    const other = await at.open();
    await at.house.call(`/api/threads/messages/${other.packId}`, { as: other.owner });
    await at.house.rt.database.pool.query(
      "update threads set order_id = (select order_id from threads where external_id = $1), pack_id = $2 where external_id = $3",
      [other.claimId, other.packId, claim.claimId],
    );
    expect((await claim.view()).sale).toBeNull();
    const view = await (
      await at.house.call(`/api/threads/messages/${other.packId}`, { as: other.owner })
    ).json();
    expect(view.claimIds).toEqual([other.claimId]);
  });
});
