import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { test } from "@/e2e/fixtures/test";

const SIZES = [
  { width: 375, height: 812 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];

const answer = (page: Page) => page.getByRole("status").filter({ hasText: /Mercado Libre|Mercado Livre/ });
const topic = (page: Page, name: RegExp) => page.getByRole("img", { name });

test("answers at a glance that nothing is missed, and counts a notification while one looks", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [{ messages: [{ from: "buyer", text: "Hola" }] }] });
  await page.goto("/status");
  await sandbox.buyerWrites({ packId: seller.threads[0]?.packId ?? "", text: "¿Llega hoy?" });
  // Nobody presses anything: the page reads itself anew.
  await expect(topic(page, /^Mensajes, últimas 24 horas: [1-9]\d* avisos? recibidos?/)).toBeVisible({
    timeout: 40_000,
  });
  await expect(answer(page)).toContainText("Todo bien: no se está perdiendo nada");
  await expect(answer(page)).toContainText(/Último aviso de Mercado Libre: hace/);
  await page.getByText("Por hora", { exact: true }).first().click();
  await expect(page.getByRole("table", { name: /Mensajes de .*, por hora/ })).toBeVisible();
});

test("says which account has lost its permission, and leads to Mercado Libre to give it again", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [{ messages: [{ from: "buyer", text: "Hola" }] }] });
  await sandbox.revokeGrant(seller.id);
  await page.goto("/status");
  const lost = answer(page);
  await expect(lost).toContainText(`Hay que reconectar ${seller.nickname}`, { timeout: 60_000 });
  await page.getByRole("button", { name: `Reconectar ${seller.nickname}` }).click();
  await expect(page).toHaveURL(/\/authorization\?/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`shuts nobody out of the status page, in ${colorScheme}, at any size`, async ({
    page,
    openShop,
    sandbox,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const seller = await openShop({
      nickname: `TIENDA-DE-NOMBRE-LARGUISIMO-${crypto.randomUUID()}-SIN-ESPACIOS`,
      threads: [{ messages: [{ from: "buyer", text: "Hola" }] }],
    });
    await sandbox.buyerWrites({ packId: seller.threads[0]?.packId ?? "", text: "¿Llega hoy?" });
    await page.goto("/status");
    await expect(topic(page, /^Mensajes/)).toBeVisible({ timeout: 40_000 });
    for (const summary of await page.getByText("Por hora", { exact: true }).all()) await summary.click();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      // No page has frames: the mode that needs no further page checks the same.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
      expect.soft(told, `at ${size.width} px`).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect.soft(width, `sideways at ${size.width} px`).toBeLessThanOrEqual(size.width);
    }
  });
}
