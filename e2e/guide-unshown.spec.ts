import { expect, test } from "@/e2e/fixtures/test";
import { GuideScreen } from "@/e2e/screens/guide";

test("starts a sale whose conversation Mercado Libre does not show because nobody has written: the reasons stand there, and the message is followed", async ({
  page,
  createSeller,
  signIn,
  sandbox,
}) => {
  const seller = await createSeller({
    threads: [
      {
        status: "blocked",
        substatus: "blocked_by_conversation_initiated_by_seller_limited",
        buyerName: "Carla Ruiz",
        product: { title: "Lámpara de pie" },
        shipment: { logisticType: "fulfillment", status: "shipped" },
      },
    ],
  });
  const packId = seller.threads[0]?.packId ?? "";
  // Names one sale: no other test can notice.
  await sandbox.change({ unreadRefuses: [packId] });
  await signIn(page, seller);
  await expect(page.getByRole("link", { name: /Carla Ruiz/ })).toContainText("Todavía nadie escribió");
  const guide = new GuideScreen(page);
  await guide.open(packId);
  await expect(guide.banner).toContainText("Para escribir primero hace falta un motivo");
  await expect(guide.log).toContainText("Todavía nadie escribió en esta conversación.");
  await expect(guide.reason("Otro motivo")).toBeChecked();
  await guide.field.fill("Hola, ¿confirmás el piso?");
  await guide.send.click();
  const mine = guide.mine("Hola, ¿confirmás el piso?");
  await expect(mine).toHaveCount(1);
  const starts = { sellerId: seller.id, method: "POST", path: `/action_guide/packs/${packId}/option` };
  await expect.poll(() => sandbox.calls(starts)).toHaveLength(1);
  // Now that somebody has written, it is shown.
  await sandbox.change({ unreadRefuses: [] });
  await expect(mine).toContainText("Entregado");
  await expect(mine).toContainText("Motivo: Otro motivo");
  await sandbox.buyerWrites({ packId, text: "Piso 3" });
  await expect(guide.message("Piso 3")).toBeVisible();
  await guide.field.fill("Gracias");
  await guide.send.click();
  await expect(guide.mine("Gracias")).toContainText("Entregado");
  expect(await sandbox.sent(packId)).toEqual(["Hola, ¿confirmás el piso?", "Gracias"]);
  expect(await sandbox.calls(starts)).toHaveLength(1);
});
