import { afterAll, beforeAll, expect, it } from "vitest";
import { type ClaimHouse, createClaimHouse, type OpenClaim } from "@/scripts/testing/claim-house";
import { kindCase, PNG } from "@/scripts/testing/claim-kinds";
import { workOff } from "@/scripts/testing/outbox";

/** Files of a claim are given out through our server to whoever may read that claim, from where Mercado Libre keeps them
 *  (claims.md 2 row 21, 5.2). */

let at: ClaimHouse;

beforeAll(async () => {
  at = await createClaimHouse();
});
afterAll(() => at.house.close());

/** A claim with a shipment that was proved with a picture, and that picture's name at Mercado Libre. */
async function proved(): Promise<{ claim: OpenClaim; name: string }> {
  const one = kindCase("evidence");
  const claim = await at.open(one.seed, { sale: one.sale ?? {} });
  await claim.confirm(await one.make(at.house, claim));
  await workOff(at.house, claim.claimId);
  const [name] = (await claim.view()).claim?.facts.evidences[0]?.files ?? [];
  if (name === undefined) throw new Error("the evidence has no file");
  return { claim, name };
}

it("gives out the file of an evidence, to look at and to keep", async () => {
  const { claim, name } = await proved();
  const href = `${claim.thread}/attachments/${name}?account=${claim.owner.accountId}`;
  const kept = await at.house.call(href, { as: claim.owner });
  expect([kept.status, kept.headers.get("content-disposition")]).toEqual([
    200,
    expect.stringMatching(/^attachment; /),
  ]);
  expect(Buffer.from(await kept.arrayBuffer()).equals(PNG)).toBe(true);
  const shown = await at.house.call(`${href}&view=1`, { as: claim.owner });
  expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/png"]);
  await shown.body?.cancel();
});

it("gives out no file of another claim's, and none to another account", async () => {
  const { claim, name } = await proved();
  const other = await at.open({}, {});
  const asked = async () => (await at.house.calls({ method: "GET", path: `/${name}` })).length;
  const before = await asked();
  for (const [thread, as] of [
    [other.thread, other.owner],
    [claim.thread, other.owner],
    [`/api/threads/messages/${claim.packId}`, claim.owner],
  ] as const) {
    expect((await at.house.call(`${thread}/attachments/${name}`, { as })).status).toBe(404);
  }
  expect((await at.house.call(`${claim.thread}/attachments/..%2F${name}`, { as: claim.owner })).status).toBe(
    422,
  );
  expect(await asked()).toBe(before);
});

it("gives out a file under no name that breaks out of its header", async () => {
  const name = '"; filename="x.html\r\nset-cookie: a=b\r\n\r\n<script>../../\u202Egpj.exe';
  const attachments = [{ name, type: "text/html", base64: PNG.toString("base64") }];
  const claim = await at.open({ messages: [{ from: "buyer", text: "Mirá", hoursAgo: 1, attachments }] });
  const [file] = (await claim.view()).messages.flatMap((message) => message.attachments);
  expect(file?.href).toMatch(/^\/api\/threads\/claims\/\d+\/attachments\/[\w.-]+\?account=\d+$/);
  const answer = await at.house.call(file?.href ?? "", { as: claim.owner });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": expect.stringMatching(
      /^attachment; filename="[^"\r\n\\/]*"; filename\*=UTF-8''[\w.!~%-]+$/,
    ),
    "content-security-policy": expect.stringContaining("sandbox"),
    "x-content-type-options": "nosniff",
  });
  expect(answer.headers.get("set-cookie")).toBeNull();
  await answer.body?.cancel();
  const shown = await at.house.call(`${file?.href}&view=1`, { as: claim.owner });
  expect(shown.headers.get("content-type")).toBe("image/png");
  await shown.body?.cancel();
});
