import type { Page } from "@playwright/test";
import { textFile } from "@/e2e/fixtures/files";
import type { Seller } from "@/e2e/fixtures/sandbox";
import { expect, test } from "@/e2e/fixtures/test";
import { ThreadScreen } from "@/e2e/screens/thread";

// What a seller has who chose nothing.
test.use({ undoSeconds: 5 });

const QUESTION = "¿Lo tenés en stock?";
const WAITING = { threads: [{ messages: [{ from: "buyer" as const, text: QUESTION }] }] };

async function openOnly(page: Page, seller: Seller): Promise<{ thread: ThreadScreen; packId: string }> {
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  await thread.open(packId);
  await expect(thread.message(QUESTION)).toBeVisible();
  await expect(thread.field).toBeEditable();
  return { thread, packId };
}

test("takes back what was just sent, with its text and its file, and nothing has left", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop(WAITING);
  const { thread, packId } = await openOnly(page, seller);
  await thread.attach(textFile("precios.txt", "uno, dos"));
  await expect(thread.file("precios.txt")).toContainText("8 B");
  await thread.field.fill("Con el precio equivocado");
  await thread.send.click();
  const wrong = thread.mine("Con el precio equivocado");
  await expect(wrong).toContainText(/Se envía en [1-5] s/);
  const height = await wrong.evaluate((bubble) => bubble.getBoundingClientRect().height);
  await expect(wrong).toContainText(/Se envía en [1-3] s/);
  expect(await wrong.evaluate((bubble) => bubble.getBoundingClientRect().height)).toBe(height);
  await wrong.getByRole("button", { name: "Deshacer" }).click();
  await expect(wrong).toBeHidden();
  await expect(thread.field).toHaveValue("Con el precio equivocado");
  await expect(thread.field).toBeFocused();
  await expect(thread.file("precios.txt")).toBeVisible();

  await thread.field.fill("Con el precio correcto");
  await thread.send.click();
  const right = thread.mine("Con el precio correcto");
  await expect(right).toContainText("Entregado");
  await expect(right.getByRole("link", { name: "precios.txt", exact: true })).toBeVisible();
  expect(await sandbox.sent(packId)).toEqual(["Con el precio correcto"]);
  const uploads = await sandbox.calls({ sellerId: seller.id, method: "POST", path: "/messages/attachments" });
  expect(uploads).toHaveLength(1);
});

test("takes it back with Ctrl+Z in the empty field; with something in the field the keys are the field's own", async ({
  page,
  openShop,
  sandbox,
}) => {
  const { thread, packId } = await openOnly(page, await openShop(WAITING));
  await thread.field.fill("Demasiado pronto");
  await thread.field.press("Control+Enter");
  const mine = thread.mine("Demasiado pronto");
  await expect(mine.getByRole("button", { name: "Deshacer" })).toBeVisible();
  await thread.field.pressSequentially("otra");
  await thread.field.press("Control+z");
  await expect(mine).toBeVisible();
  await thread.field.fill("");
  await thread.field.press("Control+z");
  await expect(mine).toBeHidden();
  await expect(thread.field).toHaveValue("Demasiado pronto");
  await thread.send.click();
  await expect(mine).toContainText("Entregado");
  expect(await sandbox.sent(packId)).toEqual(["Demasiado pronto"]);
});

test("takes the reply back although Undo did not get through at first", async ({
  page,
  openShop,
  sandbox,
  watch,
}) => {
  watch.allow(/ERR_CONNECTION_REFUSED/);
  const { thread, packId } = await openOnly(page, await openShop(WAITING));
  await thread.field.fill("Se corta justo ahora");
  await thread.send.click();
  const mine = thread.mine("Se corta justo ahora");
  const undo = mine.getByRole("button", { name: "Deshacer" });
  await page.route("**/api/outbox/*", (route) => route.abort("connectionrefused"), { times: 1 });
  await undo.click();
  await expect(mine).toBeHidden();
  await expect(thread.field).toHaveValue("Se corta justo ahora");
  expect(await sandbox.sent(packId)).toEqual([]);
});
