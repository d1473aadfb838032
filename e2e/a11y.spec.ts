import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import type { ThreadSeed } from "@/e2e/fixtures/sandbox";
import { test } from "@/e2e/fixtures/test";
import { InboxScreen } from "@/e2e/screens/inbox";
import { ThreadScreen } from "@/e2e/screens/thread";

const THREADS: ThreadSeed[] = [
  {
    buyerName: "Valeria Quiroga",
    product: { title: "Auriculares inalámbricos con cancelación de ruido y estuche de carga" },
    messages: [
      {
        from: "buyer",
        text: "¿Traen estuche? Miren https://articulo.mercadolibre.com.ar/MLA-1",
        minutesAgo: 90,
      },
      { from: "seller", text: "Sí, viene en la caja", minutesAgo: 60 },
      {
        from: "seller",
        text: "Más datos en bit.ly/x",
        minutesAgo: 50,
        moderation: { status: "rejected", reason: "LINK_SHORT_URL" },
      },
      {
        from: "buyer",
        text: `Palabramuylarga${"a".repeat(180)}`,
        minutesAgo: 12,
        attachments: [
          { name: "factura del comercio con un nombre bastante largo.pdf", type: "application/pdf" },
          { name: "foto.jpg", type: "image/jpeg" },
        ],
      },
    ],
  },
  {
    status: "blocked",
    substatus: "blocked_by_mediation",
    messages: [{ from: "buyer", text: "Llegó roto", minutesAgo: 30 }],
  },
  {
    messages: [
      { from: "buyer", text: "Gracias", minutesAgo: 200 },
      { from: "seller", text: "A vos" },
    ],
  },
  { product: { title: "Nadie escribió" } },
];

const SIZES = [
  { width: 375, height: 812 },
  { width: 1440, height: 900 },
];

async function expectNoViolations(page: Page, what: string): Promise<void> {
  // No page has frames: the mode that needs no further page checks the same.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  expect.soft(told, what).toEqual([]);
}

async function expectNoSideways(page: Page, what: string): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(width, what).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`has nothing that shuts people out, in ${colorScheme}, at 375 and 1440 px`, async ({
    page,
    openShop,
    watch,
  }) => {
    test.slow();
    watch.allow(/status of 404/);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const inEverySize = async (path: string, ready: () => Promise<void>) => {
      await page.goto(path);
      for (const size of SIZES) {
        await test.step(`${path} at ${size.width}`, async () => {
          await page.setViewportSize(size);
          await ready();
          await expectNoViolations(page, `${path} at ${size.width} px`);
        });
      }
    };
    const heading = () => expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await inEverySize("/", heading);
    await inEverySize("/?problem=denied", heading);
    const seller = await openShop({ threads: THREADS });
    const [open = "", blocked = ""] = seller.threads.map(({ packId }) => packId);
    const thread = new ThreadScreen(page);
    await inEverySize("/inbox", () => expect(new InboxScreen(page).row(/Auriculares/)).toBeVisible());
    await inEverySize(`/inbox/messages/${open}`, async () => {
      await expect(thread.field).toBeEditable();
      await expect(thread.messages).toHaveCount(4);
    });
    await inEverySize(`/inbox/messages/${blocked}`, () => expect(thread.banner).toBeVisible());
    for (const path of ["/inbox/claims", "/leads", "/status", "/settings", "/nowhere"]) {
      await inEverySize(path, heading);
    }
    await page.goto("/inbox");
    await expect(async () => {
      await page.keyboard.press("?");
      await expect(new InboxScreen(page).help).toBeVisible({ timeout: 500 });
    }).toPass();
    await expectNoViolations(page, "the keyboard dialog");
  });
}

test("fits a phone of 320 px on every page, without sideways scrolling", async ({
  page,
  openShop,
  watch,
}) => {
  watch.allow(/status of 404/);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/?problem=wrong_account");
  await expectNoSideways(page, "/");
  const seller = await openShop({ threads: THREADS });
  for (const path of [
    "/inbox",
    ...seller.threads.slice(0, 2).map(({ packId }) => `/inbox/messages/${packId}`),
    "/status",
    "/settings",
    "/leads",
    "/nowhere",
  ]) {
    await page.goto(path);
    await expectNoSideways(page, path);
  }
  // One thing at a time, and the way back.
  const thread = new ThreadScreen(page);
  const inbox = new InboxScreen(page);
  await thread.open(seller.threads[0]?.packId ?? "");
  await expect(inbox.rows.first()).toBeHidden();
  await expect(thread.send).toBeInViewport();
  await page.getByRole("link", { name: "Volver a la lista" }).click();
  await expect(inbox.rows.first()).toBeVisible();
  await expect(thread.log).toBeHidden();
});

test("offers tools one log, and one form at the end with a textbox, a file input and a submit button", async ({
  page,
  openShop,
}) => {
  const seller = await openShop({ threads: THREADS });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await new ThreadScreen(page).open(seller.threads[0]?.packId ?? "");
    await expect(page.locator('[role="log"]')).toHaveCount(1);
    const form = page.locator("form").last();
    await expect(form).toHaveAccessibleName(/Valeria Quiroga/);
    await expect(form.getByRole("textbox")).toHaveCount(1);
    await expect(form.locator('input[type="file"]')).toHaveCount(1);
    await expect(form.locator('button[type="submit"]')).toHaveCount(1);
    await expect(form.getByRole("button", { name: /^(Enviar|Responder|Send|Reply)$/ })).toHaveCount(1);
    await expect(page.getByText("Sí, viene en la caja")).toHaveCount(1);
  }
});
