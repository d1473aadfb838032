import type { MessageSeed } from "@/e2e/fixtures/sandbox";
import { expect, test } from "@/e2e/fixtures/test";
import { InboxScreen } from "@/e2e/screens/inbox";
import { SettingsScreen } from "@/e2e/screens/settings";
import { ThreadScreen } from "@/e2e/screens/thread";

/** Reads of a conversation, in every spelling of their address. */
const CONVERSATION = "/messages/packs/";

for (const siteId of ["MLA", "CBT"] as const) {
  test(`opens a whole inbox of ${siteId} and leaves every unread count at Mercado Libre alone`, async ({
    page,
    openShop,
    sandbox,
  }) => {
    const names = ["uno", "dos", "tres", "cuatro"];
    const seller = await openShop({
      siteId,
      threads: names.map((name, index) => ({
        product: { title: `Producto ${name}` },
        messages: [
          { from: "buyer", text: `Hola ${name}`, minutesAgo: 10 * index + 9 },
          { from: "buyer", text: `Sigo ${name}`, minutesAgo: 10 * index + 5 },
        ],
      })),
    });
    const inbox = new InboxScreen(page);
    const thread = new ThreadScreen(page);
    await expect(inbox.rows).toHaveCount(names.length);
    const before = await sandbox.unread(seller.id);
    expect(Object.values(before)).toEqual([2, 2, 2, 2]);
    for (const name of names) {
      await inbox.row(new RegExp(`Producto ${name}`)).click();
      await expect(thread.message(`Sigo ${name}`)).toBeVisible();
      await thread.refresh.click();
      await expect(inbox.row(new RegExp(`Producto ${name}`))).not.toContainText("mensajes nuevos");
    }
    expect(await sandbox.unread(seller.id)).toEqual(before);
    const reads = await sandbox.calls({ sellerId: seller.id, path: CONVERSATION, method: "GET" });
    expect(reads.length).toBeGreaterThanOrEqual(names.length);
    expect(reads.filter(({ readFlag }) => readFlag === false)).toEqual([]);

    await page.goto("/status");
    await expect(page.getByText("Leer no cambió nada")).toBeVisible();

    // The explicit act, and nothing else, changes one count.
    await page.goto("/inbox");
    await inbox.row(/Producto uno/).click();
    await thread.markRead.click();
    await expect(thread.markRead).toBeHidden();
    const [first = ""] = seller.threads.map(({ packId }) => packId);
    const { [first]: _, ...others } = before;
    expect(await sandbox.unread(seller.id)).toEqual(others);
  });
}

test("marks a conversation read when it is opened, if the seller chose that", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [{ messages: [{ from: "buyer", text: "Hola" }] }] });
  const settings = new SettingsScreen(page);
  await settings.open();
  await settings.choice("Marcar como leído en Mercado Libre", "Cuando la abro").check();
  await expect(page.getByText("Guardado", { exact: true })).toBeVisible();
  expect(Object.keys(await sandbox.unread(seller.id))).toHaveLength(1);
  await new ThreadScreen(page).open(seller.threads[0]?.packId ?? "");
  await expect.poll(() => sandbox.unread(seller.id)).toEqual({});
});

test("reads out as one log with an article per message, also when nobody wrote", async ({
  page,
  openShop,
}) => {
  const seller = await openShop({
    threads: [
      {
        buyerName: "Nadia Ponce",
        messages: [
          { from: "buyer", text: "¿Hacen factura?", minutesAgo: 30 },
          { from: "seller", text: "Sí, siempre", minutesAgo: 20 },
          {
            from: "seller",
            text: "Escribime a bit.ly/tienda",
            minutesAgo: 10,
            moderation: { status: "rejected", reason: "LINK_SHORT_URL" },
          },
        ],
      },
      { product: { title: "Sin mensajes" } },
    ],
  });
  const thread = new ThreadScreen(page);
  await thread.open(seller.threads[0]?.packId ?? "");
  await expect(thread.log).toHaveCount(1);
  await expect(thread.messages).toHaveCount(3);
  await expect(thread.messages.nth(0)).toHaveAccessibleName("Nadia Ponce");
  await expect(thread.messages.nth(0)).toContainText("¿Hacen factura?");
  await expect(thread.messages.nth(1)).toHaveAccessibleName("Tú");
  await expect(thread.messages.nth(1)).toContainText("Entregado");
  await expect(thread.messages.nth(2)).toContainText("Rechazado por Mercado Libre: tiene un enlace acortado");

  await thread.open(seller.threads[1]?.packId ?? "");
  await expect(thread.log).toHaveCount(1);
  await expect(thread.messages).toHaveCount(0);
  await expect(thread.log).toContainText("Todavía nadie escribió");
});

test("loads older messages as the reader scrolls up, without moving what is being read", async ({
  page,
  openShop,
}) => {
  const messages = Array.from(
    { length: 120 },
    (_, index): MessageSeed => ({
      from: index % 2 === 0 ? "buyer" : "seller",
      text: `Mensaje número ${index + 1}.`,
      minutesAgo: 500 - index * 2,
    }),
  );
  const seller = await openShop({ threads: [{ messages }] });
  const thread = new ThreadScreen(page);
  await thread.open(seller.threads[0]?.packId ?? "");
  await expect(thread.message("Mensaje número 120.")).toBeInViewport();
  await expect(thread.message("Mensaje número 1.")).toHaveCount(0);
  await thread.log.hover();
  await expect(async () => {
    await page.mouse.wheel(0, -1_500);
    await expect(thread.message("Mensaje número 1.")).toBeInViewport({ timeout: 300 });
  }).toPass();
  await expect(thread.messages).toHaveCount(120);
});

test("downloads an attachment with the session's cookie, and for nobody else", async ({
  page,
  openShop,
  newPage,
  createSeller,
  signIn,
  sandbox,
  request,
}) => {
  const seller = await openShop({
    threads: [
      {
        messages: [
          {
            from: "buyer",
            text: "Va el comprobante",
            attachments: [
              { name: "comprobante de pago.pdf", type: "application/pdf" },
              { name: "foto.jpg", type: "image/jpeg" },
            ],
          },
        ],
      },
    ],
  });
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  await thread.open(packId);
  await expect(thread.log.getByRole("link", { name: "foto.jpg", exact: true })).toBeVisible();
  const link = thread.log.getByRole("link", { name: "comprobante de pago.pdf", exact: true });
  const download = page.waitForEvent("download");
  await link.click();
  expect((await download).suggestedFilename()).toBe("comprobante de pago.pdf");

  const href = (await link.getAttribute("href")) ?? "";
  const answer = await page.request.get(href);
  expect(answer.status()).toBe(200);
  expect(answer.headers()).toMatchObject({
    "content-disposition": expect.stringMatching(/^attachment;/),
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox"),
  });
  const [held] = (await sandbox.thread(packId)).messages.flatMap(({ attachments }) => attachments);
  expect((await answer.body()).equals(await sandbox.fileBytes(held?.url ?? ""))).toBe(true);

  expect((await request.get(href)).status()).toBe(401);
  const stranger = await newPage();
  await signIn(stranger, await createSeller());
  expect((await stranger.request.get(href)).status()).toBe(404);
});
