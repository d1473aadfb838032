import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { send, workOff } from "@/scripts/testing/outbox";
import { createQuestionHouse, QUESTION_PROFILES, type QuestionHouse } from "@/scripts/testing/question-house";

let home: QuestionHouse;
beforeAll(async () => {
  home = await createQuestionHouse();
});
afterAll(() => home.house.close());

describe.each(QUESTION_PROFILES)("in $profile", (where) => {
  it("lists what waits, opens a chain whole and answers it", async () => {
    const shop = await home.open({ in: where });
    const first = await shop.ask({ text: "¿Hay stock?", askedMinutesAgo: 90, answer: { text: "Sí" } });
    const second = await shop.ask({
      text: "¿Y en rojo?",
      itemId: first.itemId,
      buyerId: first.buyerId,
      askedMinutesAgo: 30,
    });
    await shop.find();
    const [row] = await shop.rows();
    expect(row).toMatchObject({ status: "open", is_todo: true, is_complete: false });
    const view = await shop.view(second.id);
    expect(view.composer).toMatchObject({ allowed: true, maxLength: 2000 });
    const thread = `/api/threads/questions/${second.id}`;
    await send(home.house, shop.owner, thread, { text: "Sí, en rojo también." });
    const [reply] = await workOff(home.house, row?.external_id ?? "");
    expect(reply).toMatchObject({ state: "sent" });
    expect((await shop.held(second.id)).answer).toMatchObject({ text: "Sí, en rojo también." });
    const after = await shop.view(second.id);
    expect(after.messages.map(({ text }) => text)).toEqual([
      "¿Hay stock?",
      "Sí",
      "¿Y en rojo?",
      "Sí, en rojo también.",
    ]);
    expect((await shop.rows())[0]).toMatchObject({ status: "closed", is_todo: false, is_complete: true });
  });
});
