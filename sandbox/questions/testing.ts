import type { QuestionSeed } from "@/sandbox/control/question-seeds";
import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

/** A Monday, 11:00 in Argentina. */
export const MONDAY = new Date("2026-03-02T14:00:00.000Z");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

type Asked = Partial<QuestionSeed> & { judged?: boolean; notify?: boolean };

/** A seller with one listing and one question on it, signed in, with the time in hand. */
export async function startQuestion(
  seed: Asked = {},
  o: { siteId?: string; seller?: object; now?: Date } = {},
) {
  let now = o.now ?? MONDAY;
  const sandbox = createSandbox({ clock: () => now });
  const api = drive(sandbox);
  const siteId = o.siteId ?? "MLA";
  // tests let days pass
  await api.control("/settings", { expiresIn: 400 * 86_400 });
  const made = await api.control("/sellers", { siteId, ...o.seller });
  const seller = textAt(made.body, "id");
  const local = textAt(made.body, "marketplaces", 0, "userId") || seller;
  const listed = await api.control("/items", {
    sellerId: seller,
    listing: { title: "Pava eléctrica", stock: 7 },
  });
  const item = textAt(listed.body, "id");
  const { access } = await api.connect(seller);
  const ask = async (more: Asked = {}) => {
    const body = { sellerId: seller, itemId: item, text: "¿Hay stock?", ...more };
    const asked = await api.control("/questions/ask", body);
    if (asked.status !== 201) throw new Error(asked.text);
    return { id: textAt(asked.body, "id"), buyer: textAt(asked.body, "buyerId") };
  };
  const first = await ask(seed);
  const base = siteId === "CBT" ? "/marketplace" : "";
  const path = `${base}/questions/${first.id}`;
  const search = (query: string) => api.get(`${base}/questions/search?api_version=4&${query}`, access);
  return {
    api,
    access,
    seller,
    local,
    item,
    base,
    path,
    ask,
    ...first,
    search,
    /** The ids a search finds, in its order. */
    found: async (query: string) => {
      const { body } = await search(query);
      return listAt(body, "questions").map((one) => textAt(one, "id"));
    },
    get: (tail = "?api_version=4") => api.get(`${path}${tail}`, access),
    status: async () => textAt((await api.get(`${path}?api_version=4`, access)).body, "status"),
    answer: (text: unknown, id: unknown = Number(first.id), more: object = {}) =>
      api.post(`${base}/answers`, access, { question_id: id, text, ...more }),
    remove: (address: string, token = access) =>
      send(sandbox, address, { method: "DELETE", headers: { authorization: `Bearer ${token}` } }),
    set: (body: object, id = first.id) => api.control(`/questions/${id}/set`, body),
    change: (settings: Record<string, unknown>) => api.control("/settings", settings),
    listing: (body: object) => api.control(`/items/${item}`, body),
    held: async (id = first.id) => (await api.control(`/questions/${id}`)).body,
    /** The token of a seller who has nothing to do with it. */
    stranger: async () => {
      const other = await api.control("/sellers", { siteId });
      return (await api.connect(textAt(other.body, "id"))).access;
    },
    /** Moves the test's clock and the sandbox's with it: what is due happens. */
    pass: async (ms: number) => {
      now = new Date(now.getTime() + ms);
      return api.control("/clock", { advanceMs: 0 });
    },
    errorOf: (body: unknown) => [at(body, "status"), at(body, "error")],
  };
}

async function send(sandbox: ReturnType<typeof createSandbox>, path: string, init: RequestInit) {
  const response = await sandbox.fetch(new Request(`http://sandbox.test${path}`, init));
  const text = await response.text();
  const body: unknown = text === "" ? null : JSON.parse(text);
  return { status: response.status, body };
}
