import { afterEach, describe, expect, it } from "vitest";
import { startTold } from "@/sandbox/notifications/testing";
import { textAt } from "@/sandbox/testing";

const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(siteId = "MLA") {
  const told = await startTold({ siteId });
  open.push(told.receiver);
  const listed = await told.api.control("/items", { sellerId: told.seller, listing: { title: "Pava" } });
  const item = textAt(listed.body, "id");
  const ask = async () => {
    const body = { sellerId: told.seller, itemId: item, text: "¿Hay?" };
    return textAt((await told.api.control("/questions/ask", body)).body, "id");
  };
  const forget = async () => {
    await told.flush();
    told.receiver.received.length = 0;
  };
  await forget();
  const id = await ask();
  const said = async () => {
    await told.flush();
    return told.receiver.received.map(({ body }) => [textAt(body, "topic"), textAt(body, "resource")]);
  };
  return {
    ...told,
    id,
    item,
    said,
    forget,
    set: (body: object) => told.api.control(`/questions/${id}/set`, body),
  };
}

describe("notices of questions (notifications.md 2)", () => {
  it("tell a question that is asked, in a general topic without actions", async () => {
    const q = await start();
    await q.flush();
    const [notice] = q.receiver.received;
    expect(notice?.body).toMatchObject({
      topic: "questions",
      resource: `/questions/${q.id}`,
      user_id: Number(q.seller),
    });
    expect(notice?.body).not.toHaveProperty("actions");
  });

  it("tell the seller's own answer, from the application and from elsewhere", async () => {
    const q = await start();
    await q.forget();
    await q.api.post("/answers", q.access, { question_id: Number(q.id), text: "Sí" });
    expect(await q.said()).toEqual([["questions", `/questions/${q.id}`]]);
    const other = await start();
    await other.forget();
    await other.api.control(`/questions/${other.id}/answer-elsewhere`, { text: "Sí" });
    expect(await other.said()).toEqual([["questions", `/questions/${other.id}`]]);
  });

  it("tell an answer that moderation bans, when it does", async () => {
    const q = await start();
    await q.api.post("/answers", q.access, { question_id: Number(q.id), text: "https://otra.example" });
    await q.forget();
    await q.api.control("/clock", { advanceMs: 20_000 });
    expect(await q.said()).toEqual([["questions", `/questions/${q.id}`]]);
  });

  it("tell a closed listing, and the questions that it closes", async () => {
    const q = await start();
    await q.forget();
    await q.api.control(`/items/${q.item}`, { status: "closed" });
    expect(await q.said()).toEqual([
      ["items", `/items/${q.item}`],
      ["questions", `/questions/${q.id}`],
    ]);
  });

  it("tell only what is asked and answered if the settings say so", async () => {
    const q = await start();
    await q.forget();
    await q.change({ questionNotices: "asked_and_answered" });
    await q.api.control(`/items/${q.item}`, { status: "closed" });
    expect((await q.said()).map(([topic]) => topic)).toEqual(["items"]);
  });

  it("have a topic and a path of their own in Global Selling", async () => {
    const q = await start("CBT");
    expect(await q.said()).toEqual([["marketplace_questions", `/marketplace/questions/${q.id}`]]);
    await q.forget();
    await q.api.control(`/items/${q.item}`, { stock: 3 });
    expect(await q.said()).toEqual([["marketplace_items", `/marketplace/items/${q.item}`]]);
  });
});
