import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ClaimHouse, createClaimHouse, type OpenClaim, PROFILES } from "@/scripts/testing/claim-house";
import { PNG } from "@/scripts/testing/claim-kinds";
import { repliesOn, workOff } from "@/scripts/testing/outbox";

let at: ClaimHouse;

beforeAll(async () => {
  at = await createClaimHouse();
});
beforeEach(() => at.house.control("/faults/clear", {}));
afterAll(() => at.house.close());

const asked = { messages: [{ from: "buyer", text: "No enciende", hoursAgo: 1 }] };
const mediated = { stage: "dispute", dispute: { hoursAgo: 2 }, openedHoursAgo: 30 };

const post = (claim: OpenClaim, body: object) =>
  at.house.call(`${claim.thread}/replies`, {
    as: claim.owner,
    method: "POST",
    body: { key: crypto.randomUUID(), text: "Hola", files: [], ...body },
  });
const written = async (claim: OpenClaim) =>
  (await claim.held()).messages.filter(({ author }) => author === "seller");

describe.each(PROFILES)("a message on a claim of a $profile seller", (where) => {
  it("goes to the reader who was named, once, and is seen in the claim", async () => {
    const claim = await at.open(asked, { in: where });
    const view = await claim.view();
    expect(view.composer).toMatchObject({ allowed: true, to: ["complainant"] });
    const answer = await post(claim, { text: "Mandame un video", to: "complainant" });
    expect(await answer.json()).toMatchObject({ state: "queued", to: "complainant" });
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
    expect(await written(claim)).toMatchObject([{ to: "complainant", text: "Mandame un video" }]);
    const after = await claim.view();
    expect(after.messages.at(-1)).toMatchObject({ author: "seller", to: "complainant", stage: "claim" });
    // The duty to answer is met, and a mediation may be asked for now (claims.md 7).
    expect(after.claim?.facts.actions.filter(({ isMandatory }) => isMandatory)).toEqual([]);
    expect(after.claim?.offered.map(({ act }) => act)).toContain("openDispute");
    expect(after.claim?.acts).toEqual([]);
  });

  it("takes the only reader there is where none is named: in a mediation, the mediator", async () => {
    const claim = await at.open(mediated, { in: where });
    expect(await (await post(claim, { text: "Adjunto la prueba" })).json()).toMatchObject({ to: "mediator" });
    await workOff(at.house, claim.claimId);
    expect(await written(claim)).toMatchObject([{ to: "mediator", text: "Adjunto la prueba" }]);
  });

  it("carries a photo under a name that a claim takes", async () => {
    const claim = await at.open(asked, { in: where });
    const file = await claim.addFile("Foto del daño (1).png", PNG);
    await post(claim, { text: "Mirá", files: [file] });
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
    expect(await written(claim)).toMatchObject([
      { attachments: [{ originalFilename: "Foto-del-dano-1.png", type: "image/png" }] },
    ]);
  });
});

it("carries ten files at most", async () => {
  const claim = await at.open(asked);
  const files = Array.from({ length: 11 }, () => crypto.randomUUID());
  expect(await (await post(claim, { files })).json()).toMatchObject({ fields: { files: "too_many" } });
});

describe("who reads it", () => {
  it("is refused when the claim gives the seller nothing to write to them with", async () => {
    const claim = await at.open(mediated);
    const forged = await post(claim, { to: "complainant" });
    expect([forged.status, await forged.json()]).toMatchObject([
      422,
      { code: "refused_by_meli", reason: "action_gone" },
    ]);
    const silent = await at.open({ without: ["send_message_to_complainant"] });
    expect((await silent.view()).composer).toMatchObject({ allowed: false, because: "no_action" });
    expect(await (await post(silent, {})).json()).toMatchObject({ reason: "no_action" });
    expect([...(await claim.writes()), ...(await silent.writes())]).toEqual([]);
  });

  it("must be named where there are two", async () => {
    const claim = await at.open({ ...asked, also: ["send_message_to_mediator"] });
    expect((await claim.view()).composer).toMatchObject({ to: ["complainant", "mediator"] });
    const answer = await post(claim, {});
    expect([answer.status, await answer.json()]).toMatchObject([422, { fields: { to: "required" } }]);
    expect((await post(claim, { to: "mediator" })).status).toBe(200);
  });

  it("is nobody to be named in the conversation of a sale", async () => {
    const claim = await at.open();
    const pack = `/api/threads/messages/${claim.packId}`;
    await at.house.call(pack, { as: claim.owner });
    const body = { key: crypto.randomUUID(), text: "Hola", files: [], to: "complainant" };
    const answer = await at.house.call(`${pack}/replies`, { as: claim.owner, method: "POST", body });
    expect([answer.status, await answer.json()]).toMatchObject([422, {}]);
    expect(await repliesOn(at.house, claim.packId)).toEqual([]);
  });

  it("is never another than was named: a claim that went to mediation meanwhile keeps the message here", async () => {
    const claim = await at.open(asked);
    await post(claim, { text: "Entre nosotros", to: "complainant" });
    await at.house.control(`/claims/${claim.claimId}/buyer/dispute`, {});
    expect(await workOff(at.house, claim.claimId)).toMatchObject([
      { state: "failed", reason: "reader_changed" },
    ]);
    expect(await claim.writes()).toEqual([]);
    expect(await written(claim)).toEqual([]);
    expect((await claim.view()).outbox).toMatchObject([
      { text: "Entre nosotros", to: "complainant", canRetry: false },
    ]);
  });

  it("is none when the claim closed meanwhile", async () => {
    const claim = await at.open(asked);
    await post(claim, { text: "Ya va" });
    await at.house.control(`/claims/${claim.claimId}/buyer/close`, {});
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "failed", reason: "closed" }]);
    expect(await claim.writes()).toEqual([]);
  });

  it("tells two equal texts for two readers apart", async () => {
    const claim = await at.open({ ...asked, also: ["send_message_to_mediator"] });
    await post(claim, { text: "Gracias", to: "complainant" });
    await post(claim, { text: "Gracias", to: "mediator" });
    expect(await repliesOn(at.house, claim.claimId)).toHaveLength(2);
  });
});

describe("when Mercado Libre refuses it", () => {
  const SEND = "actions/send-message$";
  const refusal = (status: number, message: string, error = "bad_request_error") => ({
    status,
    body: { message, error, status, cause: [] },
  });

  it.each([
    ["Action send_message_to_complainant not available for player", "action_gone"],
    ["The message is too long", "too_long"],
  ])("says why: %s", async (message, reason) => {
    const claim = await at.open(asked);
    await claim.onWrite(SEND, refusal(400, message));
    await post(claim, { text: "Hola" });
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "failed", reason }]);
    expect(await claim.writes()).toHaveLength(1);
    expect((await claim.view()).outbox).toMatchObject([{ canRetry: false }]);
  });

  it("looks for it when Mercado Libre says that it was done already, and never writes it again", async () => {
    const claim = await at.open(asked);
    await claim.onWrite(SEND, refusal(400, "duplicate action already performed"));
    await post(claim, { text: "Hola" });
    expect(await workOff(at.house, claim.claimId)).toMatchObject([
      { state: "uncertain", reason: "duplicate" },
    ]);
    expect(await claim.writes()).toHaveLength(1);
  });

  it("says that the reader changed when the refusal is about that", async () => {
    const claim = await at.open(asked);
    await post(claim, { text: "Hola" });
    await at.house.control("/faults", {
      method: "POST",
      path: SEND,
      times: 1,
      delayMs: 300,
      ...refusal(400, "Action send_message_to_complainant not available for player"),
    });
    const going = workOff(at.house, claim.claimId);
    await expect.poll(() => claim.writes()).toHaveLength(1);
    await at.house.control(`/claims/${claim.claimId}/buyer/dispute`, {});
    expect(await going).toMatchObject([{ state: "failed", reason: "reader_changed" }]);
  });

  it("uploads once more what it does not know any more, and then leaves it", async () => {
    const claim = await at.open(asked);
    const file = await claim.addFile("foto.png", PNG);
    await claim.onWrite(SEND, refusal(400, "Attachment not found [claim: 1 - fileName: x.png]"));
    await post(claim, { text: "Mirá", files: [file] });
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
    const calls = await claim.writes();
    expect(calls.map(({ path }) => path.split("/").at(-1))).toEqual([
      "attachments",
      "send-message",
      "attachments",
      "send-message",
    ]);
    expect(await written(claim)).toHaveLength(1);
  });

  it.each([
    ["Invalid mime_type", "type"],
    ["Invalid file_name: x", "name_characters"],
    ["No", "refused"],
  ])("names the file that it does not take: %s", async (message, fault) => {
    const claim = await at.open(asked);
    const file = await claim.addFile("foto.png", PNG);
    await claim.onWrite("/attachments$", refusal(400, message));
    await post(claim, { text: "Mirá", files: [file] });
    expect(await workOff(at.house, claim.claimId)).toMatchObject([
      { state: "failed", reason: `file.${fault}.${file}` },
    ]);
    expect(await written(claim)).toEqual([]);
  });
});

it("goes on showing a file under the name that it was picked by, whatever name it left under", async () => {
  const claim = await at.open(asked);
  const file = await claim.addFile("foto del daño (1).png", PNG);
  const other = await claim.addFile("foto.png", PNG);
  await post(claim, { text: "Mirá", files: [file, other] });
  await workOff(at.house, claim.claimId);
  const names = async () => (await claim.view()).messages.at(-1)?.attachments.map(({ name }) => name);
  expect(await names()).toEqual(["foto del daño (1).png", "foto.png"]);
  await at.house.call(`${claim.thread}/refresh`, { as: claim.owner, method: "POST", body: {} });
  expect(await names()).toEqual(["foto del daño (1).png", "foto.png"]);
  const [sent] = await written(claim);
  expect(JSON.stringify(sent)).not.toContain("ñ");
});

it("finds a message whose answer was lost, and sends it once", async () => {
  const claim = await at.open(asked);
  await claim.onWrite("actions/send-message$", { status: 504, applied: "yes" });
  await post(claim, { text: "Te lo cambio" });
  expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
  expect(await written(claim)).toHaveLength(1);
  expect(await claim.writes()).toHaveLength(1);
});

it("shows a message that moderation kept back as rejected", async () => {
  const claim = await at.open(asked);
  await post(claim, { text: "Escribime al 11 5555 5555" });
  await workOff(at.house, claim.claimId);
  await at.house.control(`/claims/${claim.claimId}/moderation`, { reason: "OUT_OF_PLACE_LANGUAGE" });
  await at.house.call(`${claim.thread}/refresh`, { as: claim.owner, method: "POST" });
  expect(await repliesOn(at.house, claim.claimId)).toMatchObject([
    { state: "rejected", reason: "OUT_OF_PLACE_LANGUAGE" },
  ]);
});

it("is sent once it is translated: until then Global Selling does not show it to the buyer", async () => {
  const claim = await at.open(asked, { in: PROFILES[1], settings: { claimTranslationMs: 1_500 } });
  await post(claim, { text: "Send me a video" });
  expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "moderation" }]);
  await expect
    .poll(async () => {
      await at.house.call(`${claim.thread}/refresh`, { as: claim.owner, method: "POST" });
      return repliesOn(at.house, claim.claimId);
    })
    .toMatchObject([{ state: "sent" }]);
  expect(await claim.writes()).toHaveLength(1);
});
