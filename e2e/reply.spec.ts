import { writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { disguised, pdf, textFile } from "@/e2e/fixtures/files";
import type { Seller } from "@/e2e/fixtures/sandbox";
import { expect, test } from "@/e2e/fixtures/test";
import { within } from "@/e2e/fixtures/within";
import { InboxScreen } from "@/e2e/screens/inbox";
import { SettingsScreen } from "@/e2e/screens/settings";
import { ThreadScreen } from "@/e2e/screens/thread";

const QUESTION = "¿Lo tenés en stock?";
const WAITING = { threads: [{ messages: [{ from: "buyer" as const, text: QUESTION }] }] };

/** Opens the seller's only conversation. */
async function openOnly(page: Page, seller: Seller): Promise<{ thread: ThreadScreen; packId: string }> {
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  await thread.open(packId);
  await expect(thread.message(QUESTION)).toBeVisible();
  await expect(thread.field).toBeEditable();
  return { thread, packId };
}

/** Sends of this conversation, as faults name them. */
const sendsOf = (packId: string) => ({ method: "POST", path: `/messages/packs/${packId}/` });

test("answers with a text and a PDF, and says delivered only once it stands in the thread", async ({
  page,
  openShop,
  sandbox,
}) => {
  const { thread, packId } = await openOnly(page, await openShop(WAITING));
  await sandbox.fault({ ...sendsOf(packId), delayMs: 1_500 });
  await thread.attach(pdf("Factura 0001.pdf", 2_000));
  await expect(thread.file("Factura 0001.pdf")).toContainText(/Listo|kB/);
  await thread.field.fill("Sí, te paso la factura");
  await thread.send.click();
  const mine = thread.mine("Sí, te paso la factura");
  await expect(mine).toContainText(/Guardando|En cola para enviar|Enviando/);
  await expect(thread.field).toHaveValue("");
  await expect(mine).toContainText("Entregado");
  await expect(mine).toHaveCount(1);
  await expect(mine.getByRole("link", { name: "Factura 0001.pdf", exact: true })).toBeVisible();

  const held = (await sandbox.thread(packId)).messages.filter(({ author }) => author === "seller");
  expect(held.map(({ text }) => text)).toEqual(["Sí, te paso la factura"]);
  const [file] = held[0]?.attachments ?? [];
  expect(file?.originalFilename).toBe("Factura 0001.pdf");
  expect((await sandbox.fileBytes(file?.url ?? "")).equals(pdf("", 2_000).buffer)).toBe(true);
});

test("sends with Ctrl+Enter, counts the characters left, and sends once however often it is pressed", async ({
  page,
  openShop,
  sandbox,
}) => {
  const { thread, packId } = await openOnly(page, await openShop(WAITING));
  await expect(thread.send).toBeDisabled();
  await thread.field.fill("x".repeat(351));
  await expect(thread.composer).toContainText("351 / 350");
  await expect(thread.composer).toContainText("Sobra 1 carácter");
  await expect(thread.send).toBeDisabled();
  await thread.field.fill("Con teclado");
  await expect(thread.composer).toContainText("11 / 350");
  await thread.field.press("Control+Enter");
  await expect(thread.mine("Con teclado")).toContainText("Entregado");
  await thread.field.fill("Con doble clic");
  await thread.send.dblclick();
  await expect(thread.mine("Con doble clic")).toContainText("Entregado");
  expect(await sandbox.sent(packId)).toEqual(["Con teclado", "Con doble clic"]);
});

test("keeps what was typed through a reload, a sign-out and a new sign-in, until it is sent", async ({
  page,
  openShop,
  signIn,
  sandbox,
}) => {
  const seller = await openShop(WAITING);
  const { thread, packId } = await openOnly(page, seller);
  const saved = page.waitForResponse(
    (answer) => answer.url().includes("/draft") && answer.request().method() === "PUT" && answer.ok(),
  );
  await thread.field.fill("A medio escribir");
  await saved;
  await page.reload();
  await expect(thread.field).toHaveValue("A medio escribir");
  await thread.field.fill("A medio escribir, y más");
  await new SettingsScreen(page).open();
  await new SettingsScreen(page).signOut.click();
  await expect(page).toHaveURL(/:\d+\/$/);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("draft")))).toEqual(
    [],
  );
  await signIn(page, seller);
  await expect(new InboxScreen(page).row(QUESTION)).toContainText("Borrador");
  await thread.open(packId);
  await expect(thread.field).toHaveValue("A medio escribir, y más");
  await thread.send.click();
  await expect(thread.mine("A medio escribir, y más")).toContainText("Entregado");
  await page.reload();
  await expect(thread.field).toHaveValue("");
  expect(await sandbox.sent(packId)).toEqual(["A medio escribir, y más"]);
});

test("keeps what was typed while the connection is lost, and sends it when it is back", async ({
  page,
  context,
  openShop,
  sandbox,
  watch,
}) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  const { thread, packId } = await openOnly(page, await openShop(WAITING));
  await context.setOffline(true);
  await thread.field.fill("Escrito sin conexión");
  await expect(page.getByText(/^Sin conexión\./)).toBeVisible();
  await expect(thread.composer).toContainText("el texto queda en este dispositivo");
  await thread.send.click();
  await expect(thread.composer).toContainText("El texto sigue aquí");
  await expect(thread.field).toHaveValue("Escrito sin conexión");
  await context.setOffline(false);
  await thread.send.click();
  await expect(thread.mine("Escrito sin conexión")).toContainText("Entregado");
  expect(await sandbox.sent(packId)).toEqual(["Escrito sin conexión"]);
});

test("keeps the text when Mercado Libre refuses the reply, and puts it back into the field", async ({
  page,
  openShop,
  sandbox,
}) => {
  const { thread, packId } = await openOnly(page, await openShop(WAITING));
  await sandbox.fault({
    ...sendsOf(packId),
    status: 400,
    body: { status_code: 400, code: "bad_request", message: "The message could not be sent" },
  });
  await thread.field.fill("Esta no la quiere");
  await thread.send.click();
  const mine = thread.mine("Esta no la quiere");
  await expect(mine).toContainText("No se envió");
  await page.reload();
  await expect(mine).toContainText("No se envió");
  await mine.getByRole("button", { name: "Editar y enviar otra vez" }).click();
  await expect(thread.field).toHaveValue("Esta no la quiere");
  await expect(mine).toBeHidden();
  await thread.send.click();
  await expect(mine).toContainText("Entregado");
  expect(await sandbox.sent(packId)).toEqual(["Esta no la quiere"]);
});

test("tells files that cannot be sent apart, each with its reason, before anything is uploaded", async ({
  page,
  openShop,
}, testInfo) => {
  const plan = testInfo.outputPath("plano.pdf");
  await writeFile(plan, pdf("", 26_000_000).buffer);
  const { thread } = await openOnly(page, await openShop(WAITING));
  const uploads: string[] = [];
  page.on("request", (request) => {
    if (/\/files\?/.test(request.url())) uploads.push(new URL(request.url()).searchParams.get("name") ?? "");
  });
  await thread.attachPath(plan);
  await thread.attach(disguised("contrato.pdf"), textFile("vacío.txt", ""));
  await expect(thread.file("contrato.pdf")).toContainText("El contenido no es de ese tipo");
  await expect(thread.file("plano.pdf")).toContainText("Pesa más de 25");
  await expect(thread.file("vacío.txt")).toContainText("El archivo está vacío");
  expect(uploads).toEqual([]);
  await thread.field.fill("Van los archivos");
  await thread.send.click();
  await expect(thread.composer).toContainText("Hay archivos que no se subieron");
  for (const name of ["contrato.pdf", "plano.pdf", "vacío.txt"]) {
    await thread.composer.getByRole("button", { name: `Quitar ${name}` }).click();
  }
  const many = Array.from({ length: 26 }, (_, index) => textFile(`nota ${index + 1}.txt`, `nota ${index}`));
  await thread.attach(...many);
  await expect(thread.files).toHaveCount(26);
  await expect(thread.file("nota 26.txt")).toContainText("Un mensaje lleva hasta 25 archivos");
  await expect(thread.file("nota 25.txt")).not.toContainText("hasta 25");
});

test("takes files that are dropped or pasted, cancels an upload, and sends once the rest is up", async ({
  page,
  openShop,
  sandbox,
}) => {
  const { thread, packId } = await openOnly(page, await openShop(WAITING));
  const held: (() => void)[] = [];
  await page.route("**/files?**lento**", async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue().catch(() => undefined);
  });
  await thread.bring("drop", textFile("soltado.txt", "uno"));
  await thread.bring("paste", textFile("pegado.txt", "dos"));
  await expect(thread.file("soltado.txt")).toContainText("3 B");
  await expect(thread.file("pegado.txt")).toContainText("3 B");
  await thread.attach(textFile("lento 1.txt", "no va"), textFile("lento 2.txt", "va"));
  await expect(thread.file("lento 1.txt")).toContainText("Subiendo");
  await thread.composer.getByRole("button", { name: "Cancelar lento 1.txt" }).click();
  await expect(thread.file("lento 1.txt")).toBeHidden();
  await thread.field.fill("Tres archivos");
  await thread.send.click();
  await expect(thread.composer).toContainText("Se envía cuando terminen de subir los archivos");
  for (const release of held) release();
  await expect(thread.mine("Tres archivos")).toContainText("Entregado");
  const [sent] = (await sandbox.thread(packId)).messages.filter(({ author }) => author === "seller");
  expect(sent?.attachments.map(({ originalFilename }) => originalFilename).sort()).toEqual([
    "lento 2.txt",
    "pegado.txt",
    "soltado.txt",
  ]);
});

test("takes over what the server drew, with a file that was picked before the page came alive", async ({
  page,
  openShop,
}) => {
  const seller = await openShop(WAITING);
  const thread = new ThreadScreen(page);
  // Scripts on a slow line: everything else has happened before they are there.
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await page.goto(`/inbox/messages/${seller.threads[0]?.packId}`, { waitUntil: "commit" });
  await thread.message(QUESTION).evaluate((article) => article.setAttribute("data-drawn-by", "server"));
  await thread.attach(textFile("temprano.txt", "hola"));
  await expect(thread.field).toBeEditable();
  await expect(thread.file("temprano.txt")).toContainText("4 B");
  await expect(thread.message(QUESTION)).toHaveAttribute("data-drawn-by", "server");
});

test("shows in another tab what was sent in this one, and empties its field", async ({
  page,
  context,
  openShop,
  sandbox,
}) => {
  const seller = await openShop(WAITING);
  const { thread, packId } = await openOnly(page, seller);
  await thread.field.fill("Desde la primera");
  const other = await context.newPage();
  const { thread: second } = await openOnly(other, seller);
  await expect(second.field).toHaveValue("Desde la primera");
  await page.bringToFront();
  await thread.send.click();
  await expect(thread.mine("Desde la primera")).toContainText("Entregado");
  await other.bringToFront();
  await expect(second.mine("Desde la primera")).toContainText("Entregado");
  await expect(second.field).toHaveValue("");
  expect(await sandbox.sent(packId)).toEqual(["Desde la primera"]);
});

test("says that it does not know when an answer is lost, and finds the reply without sending it again", async ({
  page,
  openShop,
  sandbox,
}) => {
  const { thread, packId } = await openOnly(page, await openShop(WAITING));
  await sandbox.fault({ ...sendsOf(packId), status: 504, applied: "late", lateMs: 3_000 });
  await thread.field.fill("¿Llegó o no?");
  await thread.send.click();
  const mine = thread.mine("¿Llegó o no?");
  await expect(mine).toContainText("No sabemos si llegó");
  await expect(mine).toContainText("Para no enviarlo dos veces, no lo repetimos por nuestra cuenta.");
  await expect(mine).toContainText("Entregado", within(30_000));
  await expect(mine).toHaveCount(1);
  expect(await sandbox.sent(packId)).toEqual(["¿Llegó o no?"]);
});

test("never repeats a reply that was lost by itself; the seller may take it back", async ({
  page,
  openShop,
  sandbox,
}) => {
  const { thread, packId } = await openOnly(page, await openShop(WAITING));
  await sandbox.fault({ ...sendsOf(packId), cutBody: true, applied: "no" });
  await thread.field.fill("Se perdió");
  await thread.send.click();
  const mine = thread.mine("Se perdió");
  await expect(mine).toContainText("No sabemos si llegó");
  await mine.getByRole("button", { name: "Ver si llegó" }).click();
  await expect(mine).toContainText("No sabemos si llegó");
  await mine.getByRole("button", { name: "Descartar" }).click();
  await expect(mine).toBeHidden();
  expect(await sandbox.sent(packId)).toEqual([]);
});

test("tells a reply that moderation stopped at once, or after it had been delivered", async ({
  page,
  openShop,
  sandbox,
}) => {
  const { thread } = await openOnly(page, await openShop(WAITING));
  await thread.field.fill("No seas boludo");
  await thread.send.click();
  const rude = thread.mine("No seas boludo");
  await expect(rude).toContainText("Rechazado por Mercado Libre: lenguaje fuera de lugar");
  await rude.getByRole("button", { name: "Editar y enviar otra vez" }).click();
  await expect(thread.field).toHaveValue("No seas boludo");

  await sandbox.change({ moderationTiming: "after_clean", moderationDelayMs: 2_500 });
  await thread.field.fill("Seguime en instagram.com/tienda");
  await expect(thread.composer).toContainText("Mercado Libre suele rechazarlo por llevar a una red social");
  await thread.send.click();
  const link = thread.mine("Seguime en");
  await expect(link).toContainText("Entregado");
  await sandbox.change({ moderationTiming: "at_once" });
  await expect(async () => {
    await thread.refresh.click();
    await expect(link).toContainText("Rechazado por Mercado Libre: lleva a una red social", { timeout: 800 });
  }).toPass();
});

test("shows what the buyer answers without a reload, within a minute", async ({
  page,
  openShop,
  sandbox,
}) => {
  test.slow();
  const { thread, packId } = await openOnly(page, await openShop(WAITING));
  await thread.field.fill("Sí, hay");
  await thread.send.click();
  await expect(thread.mine("Sí, hay")).toContainText("Entregado");
  await sandbox.buyerWrites({ packId, text: "Genial, lo compro" });
  await expect(thread.message("Genial, lo compro")).toBeVisible({ timeout: 60_000 });
  await expect(thread.message("Genial, lo compro")).toBeInViewport();
});
