import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures/test";
import { ThreadScreen } from "@/e2e/screens/thread";

const QUESTION = "¿Lo tenés en stock?";
const WAITING = { threads: [{ messages: [{ from: "buyer" as const, text: QUESTION }] }] };

async function open(page: Page, packId: string): Promise<ThreadScreen> {
  const thread = new ThreadScreen(page);
  await thread.open(packId);
  await expect(thread.message(QUESTION)).toBeVisible();
  await expect(thread.field).toBeEditable();
  return thread;
}

/** Holds what this page sends until the returned function is called: a press of Send on its long way to us. */
async function slowLine(page: Page): Promise<() => void> {
  const waiting: (() => void)[] = [];
  await page.route("**/replies?**", async (route) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    await route.continue();
  });
  return () => {
    for (const go of waiting.splice(0)) go();
  };
}

test("holds a reply when somebody answered in Mercado Libre's own app meanwhile, and sends it anyway", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop(WAITING);
  const packId = seller.threads[0]?.packId ?? "";
  const thread = await open(page, packId);
  const release = await slowLine(page);
  await thread.field.fill("Sí, quedan tres");
  const leaves = page.waitForRequest((request) => request.url().includes("/replies"));
  await thread.send.click();
  await leaves;
  await sandbox.sellerWrites({ packId, text: "Ya le contesté desde el teléfono" });
  release();

  const mine = thread.mine("Sí, quedan tres");
  await expect(mine).toContainText("Retenida: la conversación cambió");
  await expect(mine).toContainText("No se envió: hay un mensaje que no habías visto");
  const other = thread.mine("Ya le contesté desde el teléfono");
  await expect(other).toContainText("No lo habías visto");
  await expect(page.getByRole("link", { name: /Retenida/ })).toBeVisible();
  await mine.getByRole("button", { name: "Ver el mensaje" }).click();
  await expect(other).toBeFocused();
  await expect(other).toBeInViewport();
  expect(await sandbox.sent(packId)).toEqual(["Ya le contesté desde el teléfono"]);

  await mine.getByRole("button", { name: "Enviar igual" }).press("Enter");
  await expect(mine).toContainText("Entregado");
  await expect(thread.log).toBeFocused();
  await expect(other).not.toContainText("No lo habías visto");
  expect(await sandbox.sent(packId)).toEqual(["Ya le contesté desde el teléfono", "Sí, quedan tres"]);
});

test("lets one of two browsers answer: the other's reply is held, and its text serves again", async ({
  page,
  newPage,
  openShop,
  signIn,
  sandbox,
}) => {
  const seller = await openShop(WAITING);
  const packId = seller.threads[0]?.packId ?? "";
  const elsewhere = await newPage();
  await signIn(elsewhere, seller);
  const slow = await open(page, packId);
  const quick = await open(elsewhere, packId);
  const release = await slowLine(page);
  await slow.field.fill("No queda ninguno");
  const leaves = page.waitForRequest((request) => request.url().includes("/replies"));
  await slow.send.click();
  await leaves;
  await quick.field.fill("Sí, hay");
  await quick.send.click();
  await expect(quick.mine("Sí, hay")).toContainText("Entregado");
  release();

  const held = slow.mine("No queda ninguno");
  await expect(held).toContainText("Retenida: la conversación cambió");
  await expect(slow.mine("Sí, hay")).toContainText("No lo habías visto");
  await held.getByRole("button", { name: "Editar" }).press("Enter");
  await expect(held).toBeHidden();
  await expect(slow.field).toHaveValue("No queda ninguno");
  await expect(slow.field).toBeFocused();
  expect(await sandbox.sent(packId)).toEqual(["Sí, hay"]);
});

test("holds a reply to what came below while the reader was further up", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({
    threads: [
      {
        messages: [
          ...Array.from({ length: 40 }, (_, n) => ({
            from: n % 2 === 0 ? ("buyer" as const) : ("seller" as const),
            text: `Renglón ${n}`,
            minutesAgo: 500 - n,
          })),
          { from: "buyer" as const, text: QUESTION, minutesAgo: 5 },
        ],
      },
    ],
  });
  const packId = seller.threads[0]?.packId ?? "";
  const thread = await open(page, packId);
  await thread.log.hover();
  await page.mouse.wheel(0, -1_200);
  await expect(page.getByRole("button", { name: "Ir al final" })).toBeVisible();
  await sandbox.buyerWrites({ packId, text: "Mejor no, ya compré otro" });
  await expect(page.getByRole("button", { name: "1 mensaje nuevo" })).toBeVisible();
  await thread.field.fill("Sí, lo tengo");
  await thread.send.click();
  await expect(thread.mine("Sí, lo tengo")).toContainText("Retenida: la conversación cambió");
  expect(await sandbox.sent(packId)).not.toContain("Sí, lo tengo");
});
