import { expect, test } from "@/e2e/fixtures/test";
import { InboxScreen } from "@/e2e/screens/inbox";
import { ThreadScreen } from "@/e2e/screens/thread";

test("works a Global Selling account over its countries: names each, translates, and answers without naming parties", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({
    siteId: "CBT",
    marketplaces: ["MLM", "MLB"],
    threads: [
      {
        siteId: "MLM",
        buyerName: "Itzel Navarro",
        product: { title: "Wireless keyboard" },
        messages: [
          {
            from: "buyer",
            text: "¿El teclado trae la ñ?",
            translated: "Does the keyboard have the ñ?",
            minutesAgo: 9,
            attachments: [{ name: "teclado.png", type: "image/png" }],
          },
        ],
      },
      {
        siteId: "MLB",
        buyerName: "Bianca Torres",
        product: { title: "USB hub" },
        messages: [
          { from: "buyer", text: "Chegou quebrado", translated: "It arrived broken", minutesAgo: 5 },
        ],
      },
    ],
  });
  const inbox = new InboxScreen(page);
  const thread = new ThreadScreen(page);
  await expect(inbox.row(/USB hub/)).toContainText("CBT BR");
  await expect(inbox.row(/Wireless keyboard/)).toContainText("CBT MX");
  await inbox.row(/Wireless keyboard/).click();
  const question = thread.message("¿El teclado trae la ñ?");
  await expect(question).toContainText("Does the keyboard have the ñ?");
  const href = await question.getByRole("link", { name: "teclado.png" }).getAttribute("href");
  const file = await page.request.get(href ?? "");
  expect(file.status()).toBe(200);
  expect((await file.body()).subarray(1, 4).toString()).toBe("PNG");

  await thread.field.fill("Yes, it has the ñ key");
  await thread.send.click();
  await expect(thread.mine("Yes, it has the ñ key")).toContainText("Entregado");
  const packId = seller.threads[0]?.packId ?? "";
  expect(await sandbox.sent(packId)).toEqual(["Yes, it has the ñ key"]);
  const [sent, ...more] = await sandbox.calls({ sellerId: seller.id, method: "POST", path: packId });
  expect(more).toEqual([]);
  expect(sent?.path).toMatch(/^\/marketplace\/messages\/packs\//);
  expect(sent?.body).toEqual({ text: "Yes, it has the ñ key" });
  const reads = await sandbox.calls({ sellerId: seller.id, method: "GET", path: "/messages/packs/" });
  expect(reads.filter(({ readFlag }) => readFlag === false)).toEqual([]);
});

test("lets one first message out of a limited conversation, says so before, closes after it, and opens when the buyer writes", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({
    siteId: "CBT",
    marketplaces: ["MLM"],
    threads: [
      {
        siteId: "MLM",
        buyerName: "Itzel Navarro",
        product: { title: "Wireless keyboard" },
        status: "blocked",
        substatus: "blocked_by_conversation_initiated_by_seller_limited",
      },
    ],
  });
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  await thread.open(packId);
  await expect(thread.composer).toContainText("Solo puedes enviar este mensaje");
  await thread.field.fill("It ships tomorrow");
  await thread.send.click();
  await expect(thread.mine("It ships tomorrow")).toContainText("Entregado");
  const closed = page.getByRole("region", { name: /^Ya se envió el único mensaje/ });
  await expect(closed).toContainText("Cuando responda, la conversación se abre aquí");
  await expect(thread.field).toHaveCount(0);
  await sandbox.buyerWrites({ packId, text: "¡Gracias!", translated: "Thanks!" });
  await expect(thread.message("¡Gracias!")).toContainText("Thanks!");
  await expect(closed).toHaveCount(0);
  await expect(thread.composer).not.toContainText("Solo puedes enviar este mensaje");
  await thread.field.fill("You are welcome");
  await thread.send.click();
  await expect(thread.mine("You are welcome")).toContainText("Entregado");
  expect(await sandbox.sent(packId)).toEqual(["It ships tomorrow", "You are welcome"]);
});
