import type { ThreadSeed } from "@/e2e/fixtures/sandbox";
import { expect, test } from "@/e2e/fixtures/test";
import { ConsentScreen } from "@/e2e/screens/consent";
import { InboxScreen } from "@/e2e/screens/inbox";
import { SettingsScreen } from "@/e2e/screens/settings";
import { ThreadScreen } from "@/e2e/screens/thread";

const said = (text: string, minutesAgo: number, more: Partial<ThreadSeed> = {}): ThreadSeed => ({
  messages: [{ from: "buyer", text, minutesAgo }],
  ...more,
});

test("puts conversations with something new first, then the newest", async ({ page, openShop }) => {
  await openShop({
    threads: [
      said("Primera sin leer", 200),
      {
        messages: [
          { from: "buyer", text: "Pregunta vieja", minutesAgo: 30 },
          { from: "seller", text: "Respuesta de recién", minutesAgo: 5 },
        ],
      },
      said("Segunda sin leer", 10),
      {
        messages: [
          { from: "buyer", text: "Otra pregunta", minutesAgo: 400 },
          { from: "seller", text: "Respuesta de antes", minutesAgo: 390 },
        ],
      },
    ],
  });
  const inbox = new InboxScreen(page);
  await expect(inbox.rows).toHaveText([
    /Segunda sin leer/,
    /Primera sin leer/,
    /Respuesta de recién/,
    /Respuesta de antes/,
  ]);
});

test("shows buyer, product, last words, time, how many are new and how long they have waited", async ({
  page,
  openShop,
}) => {
  const seller = await openShop({
    threads: [
      {
        buyerName: "Carla Benítez",
        product: { title: "Cafetera italiana 6 pocillos" },
        messages: [
          { from: "buyer", text: "Hola", minutesAgo: 61 },
          { from: "buyer", text: "¿Sirve para inducción?", minutesAgo: 12 },
        ],
      },
    ],
  });
  const row = new InboxScreen(page).row(/Carla Benítez/);
  await expect(row).toHaveAttribute("href", `/inbox/messages/${seller.threads[0]?.packId}`);
  await expect(row).toContainText("Cafetera italiana 6 pocillos");
  await expect(row).toContainText("¿Sirve para inducción?");
  await expect(row).toContainText("2 mensajes nuevos");
  await expect(row).toContainText(/Esperando 1[23] min/);
  await expect(row.getByRole("time")).toHaveText(/^\d{2}:\d{2}$|ayer/i);
});

test("is worked by keyboard alone: J, K, Enter, R, ? and Escape", async ({ page, openShop }) => {
  await openShop({ threads: [said("Uno", 10), said("Dos", 20), said("Tres", 30)] });
  const inbox = new InboxScreen(page);
  const thread = new ThreadScreen(page);
  await expect(inbox.rows).toHaveCount(3);
  await expect(page).toHaveTitle("(3) Bandeja · Buzón");
  // The first sync reads them one by one: they stand in their order once all are read.
  await expect(inbox.rows).toContainText(["Uno", "Dos", "Tres"]);
  await page.keyboard.press("j");
  await expect(inbox.row(/Uno/)).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(inbox.row(/Tres/)).toBeFocused();
  await page.keyboard.press("k");
  await expect(inbox.row(/Dos/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(thread.message("Dos")).toBeVisible();
  await expect(page).toHaveURL(/\/inbox\/messages\/\d+$/);

  await page.keyboard.press("r");
  await expect(thread.field).toBeFocused();
  await page.keyboard.type("jk?");
  await expect(thread.field).toHaveValue("jk?");
  await page.keyboard.press("Escape");
  await expect(thread.field).not.toBeFocused();
  await page.keyboard.press("?");
  await expect(inbox.help).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(inbox.help).toBeHidden();
  await expect(thread.log).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(thread.log).toBeHidden();
});

test("draws only the rows in sight of a long list, and keeps the place while a conversation is open", async ({
  page,
  openShop,
}) => {
  const threads = Array.from({ length: 75 }, (_, index) => ({
    product: { title: `Producto ${String(index + 1).padStart(3, "0")}` },
    soldDaysAgo: 1 + index / 10,
  }));
  await openShop({ threads });
  const inbox = new InboxScreen(page);
  const last = inbox.row(/Producto 075/);
  await expect(inbox.row(/Producto 001/)).toBeVisible();
  await inbox.list.hover();
  await expect(async () => {
    await page.mouse.wheel(0, 2_000);
    await expect(last).toBeInViewport({ timeout: 400 });
  }).toPass();
  expect(await inbox.rows.count()).toBeLessThan(40);
  await last.click();
  await expect(new ThreadScreen(page).log).toBeVisible();
  await expect(last).toHaveAttribute("aria-current", "page");
  await expect(last).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(last).toBeInViewport();
});

test("says that nothing is there yet when nobody has bought", async ({ page, openShop }) => {
  await openShop();
  await expect(page.getByRole("main")).toContainText("Todavía no hay conversaciones");
});

test("joins the conversations of a second account, and narrows to either without showing the other's", async ({
  page,
  openShop,
  createSeller,
}) => {
  const first = await openShop({ threads: [said("De la primera cuenta", 10)] });
  const second = await createSeller({ siteId: "MLB", threads: [said("Da segunda conta", 20)] });
  const inbox = new InboxScreen(page);
  const settings = new SettingsScreen(page);
  await expect(inbox.row(/primera/)).toBeVisible();

  await settings.open();
  await settings.connect.click();
  await new ConsentScreen(page).choose(second.nickname);
  // The page speaks the language of the account that is chosen first.
  await page.getByRole("button", { name: /^Autoriz/ }).click();
  await expect(page).toHaveURL(/\/settings$/);
  await expect(settings.account(first.nickname)).toContainText("Conectada");
  await expect(settings.account(second.nickname)).toContainText("Conectada");

  await page.goto("/inbox");
  await expect(inbox.row(/primera/)).toBeVisible();
  await expect(inbox.row(/segunda/)).toBeVisible();
  await inbox.account(second.nickname).click();
  await expect(page).toHaveURL(new RegExp(`account=${second.id}$`));
  await expect(inbox.rows).toHaveText([/Da segunda conta/]);
  await inbox.account(first.nickname).click();
  await expect(inbox.rows).toHaveText([/De la primera cuenta/]);

  await inbox.switchTo(second.nickname);
  await expect(inbox.rows).toHaveText([/Da segunda conta/]);
  await page.reload();
  await expect(inbox.rows).toHaveText([/Da segunda conta/]);
  await inbox.row(/segunda/).click();
  await expect(new ThreadScreen(page).message("Da segunda conta")).toBeVisible();
  await inbox.switchTo(first.nickname);
  await expect(inbox.rows).toHaveText([/De la primera cuenta/]);
  await expect(page.getByText("Da segunda conta")).toBeHidden();
});

test("disconnects an account and keeps what was read, or forgets all of it", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [said("Antes de desconectar", 10)] });
  const packId = seller.threads[0]?.packId ?? "";
  const inbox = new InboxScreen(page);
  const settings = new SettingsScreen(page);
  const thread = new ThreadScreen(page);
  await expect(inbox.row(/Antes de desconectar/)).toBeVisible();

  await settings.open();
  await settings.disconnect(seller.nickname).click();
  await expect(settings.dialog).toContainText(`¿Desconectar ${seller.nickname}?`);
  await settings.dialog.getByRole("button", { name: "Desconectar" }).click();
  await expect(settings.account(seller.nickname)).toContainText("Desconectada");
  const before = (await sandbox.calls({ sellerId: seller.id })).length;
  await thread.open(packId);
  await expect(thread.message("Antes de desconectar")).toBeVisible();
  await expect(thread.send).toBeHidden();
  await expect(page.getByText("La cuenta está desconectada")).toBeVisible();
  expect(await sandbox.calls({ sellerId: seller.id })).toHaveLength(before);

  await settings.open();
  await page.getByRole("button", { name: `Olvidar todo de ${seller.nickname}` }).click();
  await settings.dialog.getByRole("button", { name: "Olvidar todo" }).click();
  await expect(settings.account(seller.nickname)).toContainText("Sin conversaciones todavía");
  await page.goto("/inbox");
  await expect(page.getByText("Antes de desconectar")).toBeHidden();
  expect((await page.request.get(`/inbox/messages/${packId}`)).status()).toBe(404);
});
