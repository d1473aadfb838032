import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { FileSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, letTimePass, repliesOn, runOnce, send, sends, workOff } from "@/scripts/testing/outbox";

let house: House;
let me: SignedIn;
let packId: string;
let thread: string;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  const sellerId = await house.newSeller();
  me = await house.signIn(sellerId);
  packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Me pasás la factura?", minutesAgo: 20 }],
  });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
});
afterAll(() => house.close());

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function addFile(name: string, body: Uint8Array, as = me, to = thread): Promise<string> {
  const path = `${to}/files?name=${encodeURIComponent(name)}`;
  return (await house.read(FileSchema, path, { as, method: "POST", body })).id;
}

const onUpload = (order: object) =>
  house.control("/faults", { method: "POST", path: "/messages/attachments$", times: 1, ...order });
const refusal = (message: string) => ({
  status: 400,
  body: { status_code: 400, code: "bad_request", message },
});

it.each([
  ["File attached is empty", "empty"],
  ["File name cannot include characters like /, \\", "name_characters"],
  ["File attachment is bigger than 25 Mb.", "too_big"],
  ["The original_filename exceeded 200 character limit", "name_too_long"],
  ["File type is not supported", "type"],
  ["No", "refused"],
])(
  "sends nothing when Mercado Libre says %j of the second file, and names that file",
  async (message, why) => {
    const files = [
      await addFile("uno.txt", Buffer.from("uno")),
      await addFile("dos.txt", Buffer.from("dos")),
    ];
    await house.control("/faults", { method: "POST", path: "/messages/attachments$", times: 1 });
    await onUpload(refusal(message));
    await send(house, me, thread, { text: "Van dos", files });
    expect(await workOff(house, packId)).toMatchObject([
      { state: "failed", reason: `file.${why}.${files[1]}` },
    ]);
    expect(await sends(house, packId)).toEqual([]);

    // The same files, without picking them again.
    const { outbox } = await house.read(ThreadViewSchema, thread, { as: me });
    expect(outbox[0]).toMatchObject({ canRetry: true, files: [{ id: files[0] }, { id: files[1] }] });
    await house.call(`/api/outbox/${outbox[0]?.id}`, { as: me, method: "POST", body: { act: "retry" } });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent", reason: null }]);
    expect(await arrived(house, packId)).toEqual(["Van dos"]);
    const held = (await house.held(packId)).messages.at(-1)?.attachments ?? [];
    expect(held.map(({ originalFilename }) => originalFilename)).toEqual(["uno.txt", "dos.txt"]);
  },
);

it("tries again by itself when Mercado Libre cannot keep a file just now, and says which one it waits for", async () => {
  const file = await addFile("uno.txt", Buffer.from("uno"));
  await onUpload({ status: 500, body: { message: "File can not be saved, try it later" } });
  await send(house, me, thread, { text: "Va uno", files: [file] });
  await runOnce(house, packId);
  expect(await repliesOn(house, packId)).toMatchObject([
    { state: "queued", reason: `file.not_saved.${file}` },
  ]);
  await letTimePass(house, packId);
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent", reason: null }]);
  expect(await arrived(house, packId)).toEqual(["Va uno"]);
});

it("gives a file the ending of what is in it on the wire, and its own name on the screen", async () => {
  const file = await addFile("captura.pdf", PNG);
  await send(house, me, thread, { text: "Va", files: [file] });
  const { outbox } = await house.read(ThreadViewSchema, thread, { as: me });
  expect(outbox[0]?.files).toMatchObject([{ name: "captura.pdf", type: "image/png" }]);
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  const [sent] = (await house.held(packId)).messages.at(-1)?.attachments ?? [];
  expect(sent).toMatchObject({ originalFilename: "captura.png", type: "image/png" });
});

it("uploads for Global Selling at the remote site, an iPhone's photo as it is", async () => {
  const global = await house.signIn(await house.newSeller({ siteId: "CBT", marketplaces: ["MLM", "MLB"] }));
  const pack = await house.newThread(global.accountId, {
    siteId: "MLB",
    messages: [{ from: "buyer", text: "Oi", minutesAgo: 5 }],
  });
  const to = `/api/threads/messages/${pack}`;
  await house.call(to, { as: global });
  const heic = Buffer.concat([
    Buffer.from("00000018667479706865696300000000", "hex"),
    Buffer.from("mif1heic"),
  ]);
  const file = await addFile("IMG_1.HEIC", heic, global, to);
  await send(house, global, to, { text: "Here it is", files: [file] });
  expect(await workOff(house, pack)).toMatchObject([{ state: "sent" }]);
  const [sent] = (await house.held(pack)).messages.at(-1)?.attachments ?? [];
  expect(sent).toMatchObject({ originalFilename: "IMG_1.HEIC", type: "image/heic" });
  const [upload] = await house.calls({
    method: "POST",
    path: "^/marketplace/messages/attachments$",
    sellerId: global.accountId,
  });
  expect(upload?.query).toContain("site_id=MLB");
});
