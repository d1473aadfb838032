import { beforeEach, describe, expect, it } from "vitest";
import { type Asked, QUESTION_SPELLINGS, questionShop } from "@/lib/server/mercadolibre/testing/question-lab";
import { createSandbox } from "@/sandbox/create-sandbox";
import { questionIn, questionPage } from "./question-wire";
import { readQuestion, searchQuestions } from "./questions";

/** Two resources of questions-and-contacts.md 1 that a seller's inbox has no need to call: their answers are read by our
 *  schemas all the same, as one question and one page of questions. Both are documented for one country. */

describe.each(QUESTION_SPELLINGS)("questions of one country spelt %j", (settings) => {
  let shop: Awaited<ReturnType<typeof questionShop>>;
  let first: Asked;
  let call: (path: string, body?: object) => Promise<unknown>;

  beforeEach(async () => {
    const sandbox = createSandbox();
    shop = await questionShop(sandbox, "LOCAL", { settings });
    first = await shop.ask({ askedMinutesAgo: 10 });
    const token = shop.one.grants.at(-1)?.accessToken ?? "";
    call = async (path, body) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
      const answer = await sandbox.fetch(new Request(`http://sandbox.test${path}`, init));
      return answer.json();
    };
  });

  it("row 2: reads what the token's owner received as a search of theirs", async () => {
    await shop.ask({ answer: { text: "Sí" } });
    const page = questionPage.parse(await call("/my/received_questions/search?api_version=4"));
    const received = page.questions?.map(questionIn);
    const search = await searchQuestions(shop.meli, { sellerId: shop.sellerId, offset: 0 });
    expect([page.total, received]).toEqual([2, search.questions]);
  });

  it("row 4: reads what was just asked, in 2,000 characters, as a question that waits", async () => {
    const text = "ñ¿😀 ".repeat(500);
    const other = await shop.control("/sellers", { siteId: "MLA", nickname: "OTRA TIENDA" });
    const sellerId = typeof other === "object" && other !== null && "id" in other ? other.id : "";
    const listed = await shop.control("/items", { sellerId, listing: { title: "Auriculares" } });
    const itemId = typeof listed === "object" && listed !== null && "id" in listed ? listed.id : "";
    const asked = questionIn(await call("/questions", { text, item_id: itemId }));
    expect(asked).toMatchObject({
      itemId,
      sellerId,
      status: "UNANSWERED",
      text,
      answer: null,
      buyerId: shop.sellerId,
    });
    expect((await readQuestion(shop.meli, first.id)).status).toBe("UNANSWERED");
  });
});
