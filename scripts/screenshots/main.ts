// npm run screenshots: the pictures of docs/screenshots, taken from the demo's shops in a real browser.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { build } from "@/scripts/launcher/build";
import { ROOT } from "@/scripts/launcher/paths";
import { requireBrowser } from "@/scripts/testing/browser";
import { startStack } from "@/scripts/testing/stack";
import { type DemoShops, demoShops } from "./demo-shops";
import { productPicture } from "./product-picture";

const FOLDER = join(ROOT, "docs/screenshots");
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 375, height: 812 };
const PDF = `%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n${" ".repeat(84_000)}`;

const say = (line: string) => console.log(line);

const built = await build({ force: false, isLoud: false, say });
if (built.kind === "failed") {
  console.error(built.output);
  process.exit(1);
}
await mkdir(FOLDER, { recursive: true });
const stack = await startStack();
const browser = await chromium.launch({ executablePath: requireBrowser(say), args: ["--no-sandbox"] });
try {
  await takeAll(browser);
} finally {
  await browser.close();
  await stack.stop();
}

async function takeAll(from: Browser): Promise<void> {
  const shops = await demoShops(stack.sandboxUrl);
  const context = await newContext(from);
  const page = await context.newPage();
  await page.goto("/");
  await inBothThemes(page, "signin");
  await connect(page, shops.nicknames);
  await inBothThemes(page, "inbox");
  await page.getByRole("navigation", { name: "Cuentas" }).getByRole("link").nth(1).click();
  await channel(page, "Mensajes");
  await openRow(page, shops.waiting);
  await talk(page, shops);
  await inBothThemes(page, "conversation");
  await openRow(page, shops.blocked);
  await inBothThemes(page, "blocked");
  await channel(page, "Reclamos");
  await openRow(page, shops.claim);
  await inBothThemes(page, "claim");
  const claim = page.url();
  await channel(page, "Preguntas");
  await openRow(page, shops.question, "Quien pregunta");
  await inBothThemes(page, "question");
  const question = page.url();
  await page.goto("/leads");
  await page
    .getByRole("region", { name: "Por publicación" })
    .getByRole("checkbox", { name: shops.car })
    .waitFor();
  await page.getByText("Leyendo publicaciones").waitFor({ state: "hidden", timeout: 120_000 });
  await inBothThemes(page, "leads");
  await page.setViewportSize(PHONE);
  await page.goto("/inbox");
  await page.locator('[data-connection="live"]').waitFor();
  await take(page, "phone-list");
  await page.goto(`/inbox/messages/${shops.conversation}`);
  await page.getByRole("button", { name: "Enviar", disabled: false }).waitFor();
  await take(page, "phone-thread");
  await page.goto(claim);
  await page.getByRole("button", { name: "Ofrecer una parte del dinero" }).waitFor();
  await take(page, "phone-claim");
  await page.goto(question);
  await page.locator("form").last().getByRole("textbox").waitFor();
  await take(page, "phone-question");
}

async function inBothThemes(page: Page, name: string): Promise<void> {
  for (const theme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await take(page, `${name}-${theme}`);
  }
}

async function newContext(from: Browser): Promise<BrowserContext> {
  const context = await from.newContext({
    baseURL: stack.appUrl,
    locale: "es-AR",
    viewport: DESK,
    reducedMotion: "reduce",
  });
  // The pictures of listings live at Mercado Libre; the sandbox's listings have none there.
  await context.route(/^https:\/\/[a-z0-9-]+\.mlstatic\.com\//, (route) =>
    route.fulfill({ contentType: "image/svg+xml", body: productPicture(route.request().url()) }),
  );
  return context;
}

/** Signs in with the first shop and connects the others; all of them are read to the end. */
async function connect(page: Page, nicknames: string[]): Promise<void> {
  for (const [index, nickname] of nicknames.entries()) {
    await page.goto(index === 0 ? "/" : "/settings");
    const name = index === 0 ? /Mercado Libre/ : "Conectar otra cuenta";
    await page.getByRole("main").getByRole("button", { name }).click();
    await page.getByRole("radio", { name: nickname }).check();
    await page.getByRole("button", { name: /^Autoriz/ }).click();
    await page.waitForURL(index === 0 ? "**/inbox" : "**/settings");
  }
  await page.goto("/inbox");
  await synced(page);
}

/** An answer with a file, read by the buyer, who writes back; and the next answer, half written. */
async function talk(page: Page, shops: DemoShops): Promise<void> {
  const form = page.locator("form").last();
  const log = page.getByRole("log");
  await form
    .getByRole("textbox")
    .fill("¡Hola Martín! Perdón por el faltante: los dos tornillos salen hoy. Te dejo la guía del envío.");
  await form
    .locator('input[type="file"]')
    .setInputFiles({ name: "guia-de-envio.pdf", mimeType: "application/pdf", buffer: Buffer.from(PDF) });
  await form.getByText("guia-de-envio.pdf").waitFor();
  await form.getByRole("button", { name: "Enviar" }).click();
  await log.getByText("Entregado").last().waitFor({ timeout: 30_000 });
  await shops.buyerAnswers("¡Genial, gracias por la rapidez! ¿Llega antes del viernes?");
  await page.getByRole("button", { name: "Actualizar" }).click();
  await log.getByText("¿Llega antes del viernes?").waitFor();
  const saved = page.waitForResponse((answer) => answer.request().method() === "PUT" && answer.ok());
  await form.getByRole("textbox").fill("Sí, llega el jueves por la tarde");
  await saved;
}

/** The first reading of all accounts has come to its end: nothing has been under way for five seconds. */
async function synced(page: Page): Promise<void> {
  await page.getByRole("list", { name: "Conversaciones" }).getByRole("link").first().waitFor();
  let calm = 0;
  while (calm < 5) {
    const answer = await page.request.get("/api/summary");
    const { accounts }: { accounts: { sync: unknown }[] } = await answer.json();
    calm = accounts.every(({ sync }) => sync === null) ? calm + 1 : 0;
    await setTimeout(1_000);
  }
}

async function channel(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Canales" }).getByRole("link", { name }).click();
}

/** Opens a conversation from the list, where its row stays in sight, with what it is about beside it.
 *  @param words of its row
 *  @param heading of who is written to */
async function openRow(page: Page, words: string, heading = "Comprador"): Promise<void> {
  const row = page.getByRole("list", { name: "Conversaciones" }).getByRole("link", { name: words });
  await page.getByRole("list", { name: "Conversaciones" }).hover();
  while ((await row.count()) === 0) {
    await page.mouse.wheel(0, 400);
    await setTimeout(100);
  }
  await row.click();
  await page.getByRole("log").getByRole("article").first().waitFor();
  await page.getByRole("complementary").getByRole("heading", { name: heading, exact: true }).waitFor();
  await page.mouse.move(0, 0);
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() =>
    [...document.images].every((image) => {
      const { top, bottom } = image.getBoundingClientRect();
      return image.complete || !image.checkVisibility() || bottom < 0 || top > innerHeight;
    }),
  );
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: "disabled", caret: "hide" });
  say(`docs/screenshots/${name}.png`);
}
