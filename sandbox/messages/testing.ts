import type { ThreadSeed } from "@/sandbox/control/seeds";
import { createSandbox } from "@/sandbox/create-sandbox";
import { drive, listAt, textAt } from "@/sandbox/testing";

/** A seller in Argentina with one thread, signed in. */
export async function startSale(
  thread: ThreadSeed = { messages: [{ from: "buyer", text: "Hola" }] },
  siteId = "MLA",
) {
  const api = drive(createSandbox());
  const { body } = await api.control("/sellers", { siteId, threads: [thread] });
  const seller = textAt(body, "id");
  const pack = textAt(body, "threads", 0, "packId");
  const buyer = textAt(body, "threads", 0, "buyerId");
  const { access } = await api.connect(seller);
  const path = `/messages/packs/${pack}/sellers/${seller}?tag=post_sale`;
  return {
    api,
    access,
    seller,
    pack,
    buyer,
    path,
    read: (query = "&mark_as_read=false") => api.get(`${path}${query}`, access),
    send: (text: string, more: Record<string, unknown> = {}) =>
      api.post(path, access, { from: { user_id: seller }, to: { user_id: buyer }, text, ...more }),
    unread: async () => listAt((await api.control(`/unread?sellerId=${seller}`)).body, "packs"),
    change: (settings: Record<string, unknown>) => api.control("/settings", settings),
    upload: (file: File) => api.upload("/messages/attachments?tag=post_sale&site_id=MLA", access, file),
    thread: async () => (await api.control(`/threads/${pack}`)).body,
  };
}
