import { FileSchema, OutboxSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import type { House, SignedIn } from "./house";

/** A seller with one of everything that our API can name. */
export interface Belongings {
  as: SignedIn;
  sellerId: string;
  packId: string;
  /** `/api/threads/messages/{packId}` */
  thread: string;
  messageId: string;
  attachment: string;
  fileId: string;
  outboxId: string;
}

const TEXT_FILE = new TextEncoder().encode("Garantía: 12 meses");

/** Uploads a small text file to a thread of the account's. */
export async function addTextFile(house: House, as: SignedIn, thread: string): Promise<string> {
  const path = `${thread}/files?name=garantia.txt`;
  return (await house.read(FileSchema, path, { as, method: "POST", body: TEXT_FILE })).id;
}

/** Makes a new seller, signs in and lets them own one of everything. Words of theirs contain `mark`. */
export async function furnish(house: House, mark: string): Promise<Belongings> {
  const sellerId = await house.newSeller({ nickname: `TIENDA ${mark}` });
  const packId = await house.newThread(sellerId, {
    buyerName: `Lucía ${mark}`,
    product: { title: `Lámpara ${mark}` },
    messages: [
      { from: "buyer", text: `Hola ${mark}`, minutesAgo: 9 },
      {
        from: "buyer",
        text: `Mando foto ${mark}`,
        minutesAgo: 8,
        attachments: [{ name: "foto.png", type: "image/png" }],
      },
    ],
  });
  const as = await house.signIn(sellerId);
  const thread = `/api/threads/messages/${packId}`;
  const view = await house.read(ThreadViewSchema, thread, { as });
  const [first, second] = view.messages;
  const fileId = await addTextFile(house, as, thread);
  const reply = { key: crypto.randomUUID(), text: `Recibido ${mark}`, files: [] };
  const { id } = await house.read(OutboxSchema, `${thread}/replies`, { as, method: "POST", body: reply });
  await house.call(`${thread}/draft`, {
    as,
    method: "PUT",
    body: { text: `Borrador ${mark}`, files: [fileId] },
  });
  return {
    as,
    sellerId,
    packId,
    thread,
    messageId: second?.id ?? first?.id ?? "",
    attachment: second?.attachments[0]?.filename ?? "",
    fileId,
    outboxId: id,
  };
}
