import { describe, expect, it } from "vitest";
import { DAY, startQuestion } from "@/sandbox/questions/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

async function start() {
  const q = await startQuestion();
  const path = `/moderations/infractions/${q.seller}`;
  const list = (query = "") => q.api.get(`${path}?element_type=QUE${query}`, q.access);
  const elements = async (query = "") =>
    listAt((await list(query)).body, "infractions").map((one) => textAt(one, "element_id"));
  return { ...q, path, list, elements };
}

describe("infractions (questions-and-contacts.md 1.6)", () => {
  it("tell why a question was banned: ids as texts, a date without colon, HTML", async () => {
    const q = await start();
    await q.set({ status: "BANNED", subgroup: "LINKS" });
    const { body } = await q.list();
    expect(body).toEqual({
      infractions: [
        {
          id: expect.stringMatching(/^\d+$/),
          date_created: "2026-03-02T10:00:00.000-0400",
          user_id: q.seller,
          related_item_id: q.item,
          element_id: q.id,
          element_type: "QUE",
          site_id: "MLA",
          filter_subgroup: "LINKS",
          reason: expect.stringMatching(/^<p>The text has a <b>link/),
          remedy: expect.stringContaining("<a href="),
        },
      ],
      paging: { offset: 0, limit: 20, total: 1 },
      sorting_type: "date_created_desc",
    });
  });

  it("speak Spanish or Portuguese on demand, else English, and nothing else", async () => {
    const q = await start();
    await q.set({ status: "BANNED", subgroup: "CONTACT_DATA" });
    const reason = async (query: string) => textAt((await q.list(query)).body, "infractions", 0, "reason");
    expect(await reason("&language=ES")).toContain("datos de contacto");
    expect(await reason("&language=PT")).toContain("dados de contato");
    expect(await reason("")).toContain("contact data");
    expect((await q.list("&language=FR")).status).toBe(400);
  });

  it("are filtered by element, listing, type and day, and sorted both ways", async () => {
    const q = await start();
    const second = await q.ask();
    await q.set({ status: "BANNED" });
    await q.pass(DAY);
    await q.set({ status: "BANNED" }, second.id);
    expect(await q.elements()).toEqual([second.id, q.id]);
    expect(await q.elements("&sort=date_created_asc")).toEqual([q.id, second.id]);
    expect(await q.elements(`&element_id=${q.id}`)).toEqual([q.id]);
    expect(await q.elements("&related_item_id=MLA1")).toEqual([]);
    expect(await q.elements("&date_created_since=2026-03-03")).toEqual([second.id]);
    expect(await q.elements("&date_created_to=2026-03-02")).toEqual([q.id]);
    const items = await q.api.get(`${q.path}?element_type=ITM`, q.access);
    expect(at(items.body, "paging", "total")).toBe(0);
    expect((await q.list("&sort=newest")).status).toBe(400);
    expect((await q.list("&date_created_since=02-03-2026")).status).toBe(400);
  });

  it("come in pages of at most 20", async () => {
    const q = await start();
    for (let n = 0; n < 22; n += 1) await q.ask({ status: "BANNED", notify: false });
    expect(await q.elements()).toHaveLength(20);
    expect(await q.elements("&offset=20")).toHaveLength(2);
    expect(await q.elements("&limit=1")).toHaveLength(1);
    expect((await q.list("&limit=21")).status).toBe(400);
    expect((await q.list("&limit=0")).status).toBe(400);
  });

  it("are the seller's own affair", async () => {
    const q = await start();
    expect((await q.api.get(q.path, await q.stranger())).status).toBe(403);
  });
});
