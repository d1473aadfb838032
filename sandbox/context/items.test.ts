import { describe, expect, it } from "vitest";
import { startQuestion } from "@/sandbox/questions/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const CAR = {
  title: "Auto usado 2019",
  price: 9_990_000,
  stock: 1,
  status: "paused",
  subStatus: ["out_of_stock"],
  buyingMode: "classified",
  categoryId: "MLA1744",
  attributes: [{ id: "BRAND", name: "Marca", value: "Toyota" }],
};

describe("listings (questions-and-contacts.md 5.3)", () => {
  it("tell stock, state and what it is about, the way of buying and their attributes", async () => {
    const q = await startQuestion();
    const made = await q.api.control("/items", { sellerId: q.seller, listing: CAR });
    const id = textAt(made.body, "id");
    expect((await q.api.get(`/items/${id}`, q.access)).body).toMatchObject({
      id,
      title: CAR.title,
      price: CAR.price,
      available_quantity: 1,
      status: "paused",
      sub_status: ["out_of_stock"],
      buying_mode: "classified",
      category_id: "MLA1744",
      attributes: [{ id: "BRAND", name: "Marca", value_id: null, value_name: "Toyota" }],
      seller_id: Number(q.seller),
    });
  });

  it("give in bulk the fields that are asked for", async () => {
    const q = await startQuestion();
    const fields = "status_code,body.id,body.available_quantity,body.attributes,title";
    const { body } = await q.api.get(`/items/bulk?ids=${q.item},MLA1&attributes=${fields}`, q.access);
    expect(body).toEqual([
      { status_code: 200, body: { id: q.item, available_quantity: 7, attributes: [] } },
      { status_code: 404 },
    ]);
    const one = await q.api.get(`/items/${q.item}?attributes=id,available_quantity`, q.access);
    expect(one.body).toEqual({ id: q.item, available_quantity: 7 });
  });

  it("have in Global Selling two ids, under which they are the account's and the country's", async () => {
    const q = await startQuestion({}, { siteId: "CBT" });
    const cbt = `CBT${q.item.slice(3)}`;
    const parent = await q.api.get(`/items/${cbt}`, q.access);
    expect(parent.body).toMatchObject({ id: cbt, site_id: "CBT", seller_id: Number(q.seller) });
    const local = await q.api.get(`/marketplace/items/${q.item}`, q.access);
    expect(local.body).toMatchObject({ id: q.item, site_id: "MLM", seller_id: Number(q.local) });
  });

  it("are listed by their seller, ids and paging alone", async () => {
    const q = await startQuestion();
    for (let n = 0; n < 4; n += 1) {
      await q.api.control("/items", { sellerId: q.seller, listing: { ...CAR, title: `Auto ${n}` } });
    }
    const path = `/users/${q.seller}/items/search`;
    const all = (await q.api.get(path, q.access)).body;
    expect(at(all, "paging")).toEqual({ limit: 50, offset: 0, total: 5 });
    const pages = await Promise.all(
      [0, 2, 4].map(async (offset) => (await q.api.get(`${path}?limit=2&offset=${offset}`, q.access)).body),
    );
    expect(pages.flatMap((page) => listAt(page, "results"))).toEqual(listAt(all, "results"));
    const active = (await q.api.get(`${path}?status=active`, q.access)).body;
    expect(listAt(active, "results")).toEqual([q.item]);
    expect((await q.api.get(`${path}?offset=1001`, q.access)).status).toBe(400);
    expect((await q.api.get(path, await q.stranger())).status).toBe(403);
  });

  it("are listed under the ids of whoever is asked about in Global Selling", async () => {
    const q = await startQuestion({}, { siteId: "CBT" });
    const ids = async (user: string) =>
      listAt((await q.api.get(`/users/${user}/items/search`, q.access)).body, "results");
    expect(await ids(q.seller)).toEqual([`CBT${q.item.slice(3)}`]);
    expect(await ids(q.local)).toEqual([q.item]);
  });
});
