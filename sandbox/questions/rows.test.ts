import { beforeAll, describe, expect, it } from "vitest";
import { startQuestion } from "@/sandbox/questions/testing";

const M = "/marketplace";
const SAME = "same";

/** The table of questions-and-contacts.md 1: row, purpose, method, LOCAL, GLOBAL (row 12); `SAME`: the LOCAL path; null: not
 *  documented, so nobody is at home. Bodies are as documented. */
const ROWS: [number, string, "GET" | "POST" | "DELETE", string, string | null, number][] = [
  [1, "search", "GET", "/questions/search?seller_id={user}", `${M}/questions/search?seller_id={user}`, 200],
  [2, "received", "GET", "/my/received_questions/search?api_version=4", null, 200],
  [3, "question", "GET", "/questions/{id}?api_version=4", `${M}/questions/{id}?api_version=4`, 200],
  [4, "ask", "POST", "/questions", null, 201],
  [5, "answer", "POST", "/answers", `${M}/answers`, 201],
  [6, "delete", "DELETE", "/questions/{other}", `${M}/questions/{other}`, 200],
  [7, "hide", "POST", "/my/questions/hidden", SAME, 200],
  [8, "response time", "GET", "/users/{user}/questions/response_time", SAME, 200],
  [9, "block", "POST", "/users/{user}/questions_blacklist", SAME, 200],
  [9, "blocked", "GET", "/users/{user}/questions_blacklist", SAME, 200],
  [9, "unblock", "DELETE", "/users/{user}/questions_blacklist/{buyer}", SAME, 200],
  [10, "newer list", "GET", "/block-api/search/users/{user}?type=blocked_by_questions", SAME, 200],
  [11, "infractions", "GET", "/moderations/infractions/{user}?element_type=QUE", SAME, 200],
];

describe.each(["MLA", "CBT"])("every row of questions-and-contacts.md 1 for an account of %s", (siteId) => {
  let q: Awaited<ReturnType<typeof startQuestion>>;
  let other = "";
  let buyer = "";

  beforeAll(async () => {
    q = await startQuestion({}, { siteId });
    await q.change({ responseTimeAsOf: "now" });
    other = (await q.ask()).id;
    buyer = await q.stranger();
  });

  const bodyOf = (row: number): object => {
    if (row === 4) return { text: "¿Hay stock?", item_id: q.item };
    if (row === 5) return { question_id: Number(q.id), text: "Sí, hay stock." };
    return row === 7 ? { question_ids: [Number(q.id)] } : { user_id: Number(q.buyer) };
  };

  it.each(ROWS)("%i, %s: %s", async (row, _, method, local, global, status) => {
    const chosen = siteId === "CBT" ? (global === SAME ? local : global) : local;
    const path = (chosen ?? `${M}${local}`)
      .replace("{user}", q.seller)
      .replace("{id}", q.id)
      .replace("{other}", other)
      .replace("{buyer}", q.buyer);
    const access = row === 4 ? buyer : q.access;
    const reply =
      method === "GET"
        ? await q.api.get(path, access)
        : method === "DELETE"
          ? await q.remove(path)
          : await q.api.post(path, access, bodyOf(row));
    expect(reply.status).toBe(chosen === null ? 404 : status);
  });

  it("wants a token, whichever row", async () => {
    const reads = ROWS.filter(([, , method]) => method === "GET");
    for (const [, , , local, global] of reads) {
      const path = siteId === "CBT" && global !== SAME && global !== null ? global : local;
      const address = path.replace("{user}", q.seller).replace("{id}", q.id);
      expect((await q.api.get(address, "APP_USR-nobody")).status).toBe(401);
    }
  });
});
