import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { pdf, textFile } from "@/e2e/fixtures/files";
import { jpeg, lockedPdf, pdfOf, png, scannedPdf } from "@/e2e/fixtures/pictures";
import type { MessageSeed, Seller, SellerSeed } from "@/e2e/fixtures/sandbox";
import { expect, test } from "@/e2e/fixtures/test";
import { within } from "@/e2e/fixtures/within";
import { ThreadScreen } from "@/e2e/screens/thread";
import { ViewerScreen } from "@/e2e/screens/viewer";

type Files = NonNullable<MessageSeed["attachments"]>;

const inBase64 = (name: string, type: string, bytes: Buffer) => ({
  name,
  type,
  base64: bytes.toString("base64"),
});
const HTML = Buffer.from("<!doctype html><title>Malo</title><script>top.hacked = true</script>");
const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg"><script>top.hacked = true</script><rect width="9" height="9"/></svg>',
);

/** A conversation in which the buyer has sent these files. */
const withFiles = (attachments: Files) => ({
  threads: [{ messages: [{ from: "buyer" as const, text: "Van los archivos", minutesAgo: 4, attachments }] }],
});

async function openOnly(page: Page, seller: Seller): Promise<{ thread: ThreadScreen; viewer: ViewerScreen }> {
  const thread = new ThreadScreen(page);
  await thread.open(seller.threads[0]?.packId ?? "");
  await expect(thread.messages.first()).toBeVisible();
  return { thread, viewer: new ViewerScreen(page) };
}

async function expectNoViolations(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  expect.soft(told, what).toEqual([]);
}

const widthOf = (picture: Locator) =>
  picture.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0));

const PHOTOS: Files = [
  inBase64("frente.jpg", "image/jpeg", jpeg("frente.jpg")),
  // Mercado Libre's own type is often this (messages.md 2.5).
  inBase64("dorso.png", "application/octet-stream", png(2_400, 1_600)),
  inBase64("etiqueta.jpg", "image/jpeg", jpeg("etiqueta.jpg")),
];

for (const [profile, seed] of [
  ["of one country", {}],
  ["of Global Selling", { siteId: "CBT", marketplaces: ["MLM"] }],
] satisfies [string, Partial<SellerSeed>][]) {
  test(`shows the pictures, PDFs and texts of a conversation ${profile}`, async ({ page, openShop }) => {
    const { threads } = withFiles([
      ...PHOTOS,
      inBase64("factura.pdf", "application/pdf", pdfOf(12)),
      inBase64("medidas.txt", "text/plain", Buffer.from("Ancho: 20 cm\nAlto: ñandú")),
    ]);
    const { viewer } = await openOnly(page, await openShop({ ...seed, threads }));

    const thumbnail = viewer.opener("dorso.png").locator("img");
    await expect(async () => expect(await widthOf(thumbnail)).toBe(2_400)).toPass();
    expect(await thumbnail.boundingBox()).toMatchObject({ height: 128 });

    await viewer.opener("factura.pdf").click();
    await expect(viewer.dialog).toContainText("Página 1 de 12");
    await expect(viewer.sheet(1)).toBeVisible();
    // Its words are there for who does not see it: so it was read, and drawn.
    await expect(viewer.dialog).toContainText("Hoja 1");
    const ink = await viewer.sheet(1).evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      return [...data].filter((value, index) => index % 4 === 0 && value < 100).length;
    });
    expect(ink).toBeGreaterThan(500);
    await page.keyboard.press("End");
    await expect(viewer.dialog).toContainText("Página 12 de 12");
    await expect(viewer.dialog).toContainText("Hoja 12");
    // Pages far away have given their memory back.
    await expect(async () =>
      expect(await viewer.sheet(1).evaluate((canvas) => canvas.getAttribute("width"))).toBe("0"),
    ).toPass();
    await viewer.dialog.getByRole("button", { name: "Ampliar" }).click();
    await expect(viewer.dialog).toContainText("100");
    await page.keyboard.press("Escape");

    await viewer.opener("medidas.txt").click();
    await expect(viewer.dialog).toContainText("Alto: ñandú");
    await viewer.close.click();
    await expect(viewer.dialog).toBeHidden();
  });
}

test("pages through the pictures of a conversation by keyboard, and gives the focus back", async ({
  page,
  openShop,
}) => {
  const { viewer } = await openOnly(page, await openShop(withFiles(PHOTOS)));
  await viewer.opener("frente.jpg").press("Enter");
  await expect(viewer.picture("frente.jpg")).toBeVisible();
  await expect(viewer.dialog).toHaveAccessibleName("frente.jpg");
  await expect(viewer.dialog).toContainText("1 de 3");
  await expect(viewer.previous).toBeDisabled();
  await page.keyboard.press("ArrowRight");
  const large = viewer.picture("dorso.png");
  await expect(large).toBeVisible();
  await expect(viewer.dialog).toContainText("2 de 3");
  expect((await large.boundingBox())?.width).toBeLessThan(1_280);
  await page.keyboard.press("+");
  await expect(viewer.dialog).toContainText("100");
  expect((await large.boundingBox())?.width).toBe(2_400);
  // Larger than the window: the arrows move it now.
  await page.keyboard.press("ArrowRight");
  await expect(large).toBeVisible();
  await page.keyboard.press("0");
  await expect(async () => expect((await large.boundingBox())?.width).toBeLessThan(1_280)).toPass();
  await viewer.next.click();
  await expect(viewer.picture("etiqueta.jpg")).toBeVisible();
  await expect(viewer.next).toBeDisabled();
  const saved = page.waitForEvent("download");
  await viewer.download.click();
  expect((await saved).suggestedFilename()).toBe("etiqueta.jpg");
  await page.keyboard.press("Escape");
  await expect(viewer.dialog).toBeHidden();
  await expect(viewer.opener("frente.jpg")).toBeFocused();
});

test("downloads a file by its name with one request", async ({ page, openShop }) => {
  const { thread } = await openOnly(page, await openShop(withFiles(PHOTOS)));
  const link = thread.log.getByRole("link", { name: "frente.jpg", exact: true });
  const href = (await link.getAttribute("href")) ?? "";
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(href)) asked.push(request.method());
  });
  const saved = page.waitForEvent("download");
  await link.click();
  expect((await saved).suggestedFilename()).toBe("frente.jpg");
  expect(await readFile(await (await saved).path())).toEqual(jpeg("frente.jpg"));
  expect(asked).toEqual(["GET"]);
});

test("keeps a picture that was looked at, and shows it to nobody else on the same computer", async ({
  browser,
  createSeller,
  signIn,
  sandbox,
}) => {
  // A browser without the tests' own hand on its requests: that one would keep nothing.
  const context = await browser.newContext();
  const page = await context.newPage();
  const seller = await createSeller(withFiles(PHOTOS));
  await signIn(page, seller);
  const { thread, viewer } = await openOnly(page, seller);
  const thumbnail = viewer.opener("frente.jpg").locator("img");
  await expect(async () => expect(await widthOf(thumbnail)).toBe(320)).toPass();
  const pictures = async () =>
    (await sandbox.calls({ sellerId: seller.id, method: "GET", path: "/messages/attachments/" })).length;
  const before = PHOTOS.length;
  await expect.poll(pictures).toBe(before);
  await page.reload();
  for (const { name } of PHOTOS) {
    const picture = viewer.opener(name).locator("img");
    await expect(async () => expect(await widthOf(picture)).toBeGreaterThan(0)).toPass();
  }
  expect(await pictures()).toBe(before);

  const link = thread.log.getByRole("link", { name: "frente.jpg", exact: true });
  const address = `${await link.getAttribute("href")}&view=1`;
  /** What a browser that holds the bytes answers to who asks for them now. */
  const asked = () => page.evaluate(async (path) => (await fetch(path)).status, address);
  expect(await asked()).toBe(200);
  await context.clearCookies();
  await page.goto("/");
  expect(await asked()).toBe(401);
  await signIn(page, await createSeller());
  expect(await asked()).toBe(404);
  await context.close();
});

test("runs nothing that lies about what it is, says so, and keeps the download", async ({
  page,
  openShop,
  watch,
}) => {
  watch.allow(/status of 422/);
  const { thread, viewer } = await openOnly(
    page,
    await openShop(
      withFiles([
        inBase64("foto.jpg", "image/jpeg", HTML),
        inBase64("dibujo.png", "image/png", SVG),
        inBase64("logo.svg", "image/svg+xml", SVG),
        inBase64("contrato.pdf", "application/pdf", HTML),
        inBase64("recibo.pdf", "application/pdf", png(40, 30)),
      ]),
    ),
  );
  for (const name of ["foto.jpg", "dibujo.png"]) {
    await expect(viewer.opener(name).locator("..")).toContainText("No es una imagen");
    await viewer.opener(name).click();
    await expect(viewer.problem).toContainText("Dice ser una imagen y no lo es");
    await page.keyboard.press("Escape");
  }
  await viewer.opener("contrato.pdf").click();
  await expect(viewer.problem).toContainText("Dice ser un PDF y no lo es");
  const saved = page.waitForEvent("download");
  await viewer.problem.getByRole("link", { name: "Descargar" }).click();
  expect((await saved).suggestedFilename()).toBe("contrato.pdf");
  await page.keyboard.press("Escape");
  // What is harmless is shown for what it is.
  await viewer.opener("recibo.pdf").click();
  expect(await widthOf(viewer.picture("recibo.pdf"))).toBe(40);
  await page.keyboard.press("Escape");

  await expect(viewer.opener("logo.svg")).toHaveCount(0);
  const svg = thread.log.getByRole("link", { name: "logo.svg", exact: true });
  for (const link of [svg, thread.log.getByRole("link", { name: "foto.jpg", exact: true })]) {
    const href = await link.getAttribute("href");
    const shown = await page.request.get(`${href}&view=1`);
    expect([shown.status(), shown.headers()["content-type"]]).toEqual([422, "application/problem+json"]);
    const file = await page.request.get(href ?? "");
    expect(file.headers()["content-disposition"]).toMatch(/^attachment;/);
  }
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
});

test("reads PDFs in a worker that may ask nobody, and hands it what scans and missing fonts need", async ({
  page,
  openShop,
}) => {
  const seller = await openShop(withFiles([inBase64("escaneado.pdf", "application/pdf", scannedPdf())]));
  const { viewer } = await openOnly(page, seller);
  const reader = page.waitForResponse((answer) => /pdf\.worker/.test(answer.url()));
  const parts: string[] = [];
  page.on("response", (answer) => {
    const part = /\/api\/pdf-data\/(.+)$/.exec(answer.url())?.[1];
    if (part !== undefined) parts.push(`${part} ${answer.status()}`);
  });
  await viewer.opener("escaneado.pdf").click();
  const policy = (await reader).headers()["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'wasm-unsafe-eval';");
  expect(policy).not.toContain("connect-src");
  await expect(viewer.sheet(1)).toBeVisible();
  await expect(async () =>
    expect(parts.toSorted()).toEqual(["standard_fonts/FoxitDingbats.pfb 200", "wasm/jbig2.wasm 200"]),
  ).toPass();
  const [worker] = page.workers();
  const reached = await worker?.evaluate(async () => {
    try {
      await fetch("/api/me");
      return "reached";
    } catch {
      return "refused";
    }
  });
  expect(reached).toBe("refused");
});

test("says which PDFs it cannot open, and offers them to other programs", async ({ page, openShop }) => {
  const { viewer } = await openOnly(
    page,
    await openShop(
      withFiles([
        inBase64("clave.pdf", "application/pdf", lockedPdf()),
        inBase64("roto.pdf", "application/pdf", Buffer.from("%PDF-1.4\nnada más")),
      ]),
    ),
  );
  await viewer.opener("clave.pdf").click();
  await expect(viewer.problem).toContainText("El PDF tiene contraseña");
  await page.keyboard.press("Escape");
  await viewer.opener("roto.pdf").click();
  await expect(viewer.problem).toContainText("El PDF está dañado");
  await expect(viewer.problem.getByRole("link", { name: "Descargar" })).toBeVisible();
});

test("tells a file that Mercado Libre has lost in words, asks little for it, and finds it again", async ({
  page,
  openShop,
  sandbox,
  watch,
}) => {
  watch.allow(/status of 503/);
  const seller = await openShop(withFiles([...PHOTOS, inBase64("factura.pdf", "application/pdf", pdfOf(1))]));
  const held = (await sandbox.thread(seller.threads[0]?.packId ?? "")).messages[0]?.attachments ?? [];
  for (const { filename } of held) await sandbox.vanish(filename);
  const { thread, viewer } = await openOnly(page, seller);
  const place = page.url();

  const card = viewer.opener("frente.jpg").locator("..");
  await expect(card).toContainText("Mercado Libre ya no lo entrega");
  await thread.log.getByRole("link", { name: "factura.pdf", exact: true }).click();
  await expect(thread.messages.first()).toContainText(/factura\.pdf\s*Mercado Libre ya no lo entrega/);
  expect(page.url()).toBe(place);
  await viewer.opener("frente.jpg").click();
  await expect(viewer.problem).toContainText("Mercado Libre ya no entrega este archivo");
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(card).toContainText("Mercado Libre ya no lo entrega");
  const calls = await sandbox.calls({
    sellerId: seller.id,
    method: "GET",
    path: `/messages/attachments/${held[0]?.filename}`,
  });
  // Each of our processes remembers for itself.
  expect(calls.length).toBeLessThanOrEqual(3 * Number(process.env.BUZON_WEB_PROCESSES ?? 1));

  for (const { filename } of held) await sandbox.vanish(filename, false);
  const retry = card.getByRole("button", { name: "Reintentar frente.jpg" });
  await expect(async () => {
    // Pressed too soon, it is not even asked for.
    if (await retry.isVisible()) await retry.click();
    await expect(card.locator("img")).toHaveCount(1, { timeout: 1_000 });
    expect(await widthOf(card.locator("img"))).toBe(320);
  }).toPass({ intervals: [2_000] });
});

test("sends under names and types that Mercado Libre takes, and says what it changed or refused", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop(withFiles([]));
  const { thread } = await openOnly(page, seller);
  const long = `${"n".repeat(220)}.txt`;
  await thread.attach(
    { name: "captura.pdf", mimeType: "application/pdf", buffer: png(30, 20) },
    textFile(long, "hola"),
    textFile("igual.txt", "uno"),
    textFile("igual.txt", "dos"),
    { name: "IMG_2031.HEIC", mimeType: "image/heic", buffer: Buffer.from("000000186674797068656963", "hex") },
    { name: "tabla.docx", mimeType: "", buffer: Buffer.from("PK\x03\x04docx") },
  );
  await expect(thread.file("captura.pdf")).toContainText("Se envía con el nombre captura.png");
  await expect(thread.file("nnnn")).toContainText("Se envía con el nombre");
  await expect(thread.file("IMG_2031.HEIC")).toContainText("este navegador no puede convertirla");
  await expect(thread.file("tabla.docx")).toContainText("Acepta JPG, PNG, PDF, TXT");
  for (const name of ["IMG_2031.HEIC", "tabla.docx"]) {
    await thread.composer.getByRole("button", { name: `Quitar ${name}` }).click();
  }
  await thread.field.fill("Van cuatro");
  await thread.send.click();
  await expect(thread.mine("Van cuatro")).toContainText("Entregado");
  const sent = (await sandbox.thread(seller.threads[0]?.packId ?? "")).messages.at(-1)?.attachments ?? [];
  expect(
    sent.map(({ originalFilename, type }) => [
      originalFilename.length > 100 ? "long" : originalFilename,
      type,
    ]),
  ).toEqual([
    ["captura.png", "image/png"],
    ["long", "text/plain"],
    ["igual.txt", "text/plain"],
    ["igual.txt", "text/plain"],
  ]);
  expect(sent[1]?.originalFilename).toMatch(/^n{196}\.txt$/);
});

test("turns a picture that Mercado Libre does not take into a JPG where the browser can", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop(withFiles([]));
  const { thread } = await openOnly(page, seller);
  const webp = Buffer.from("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==", "base64");
  await thread.attach({ name: "captura.webp", mimeType: "image/webp", buffer: webp });
  await expect(thread.file("captura.webp")).toContainText("Se convirtió a JPG: se envía captura.jpg");
  await thread.field.fill("Va la captura");
  await thread.send.click();
  await expect(thread.mine("Va la captura")).toContainText("Entregado");
  const [file] = (await sandbox.thread(seller.threads[0]?.packId ?? "")).messages.at(-1)?.attachments ?? [];
  expect([file?.originalFilename, file?.type]).toEqual(["captura.jpg", "image/jpeg"]);
  expect((await sandbox.fileBytes(file?.url ?? "")).subarray(0, 3).toString("hex")).toBe("ffd8ff");
});

test("retries or cancels one of several uploads without touching the others, and takes the 26th when there is room", async ({
  page,
  openShop,
  sandbox,
  watch,
}) => {
  watch.allow(/ERR_FAILED/);
  const seller = await openShop(withFiles([]));
  const { thread } = await openOnly(page, seller);
  let release: () => void = () => undefined;
  const isHeld = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/files?**lento**", async (route) => {
    await isHeld;
    await route.continue().catch(() => undefined);
  });
  await page.route("**/files?**falla**", (route) => route.abort());
  await thread.attach(textFile("bien.txt", "uno"), pdf("falla.pdf"), textFile("lento.txt", "tres"));
  await expect(thread.file("bien.txt")).toContainText("3 B");
  // After it was offered again by itself a few times.
  await expect(thread.file("falla.pdf")).toContainText("No se subió", within(20_000));
  await page.unroute("**/files?**falla**");
  await expect(thread.file("lento.txt")).toContainText("Subiendo");
  await thread.composer.getByRole("button", { name: "Reintentar falla.pdf" }).click();
  await expect(thread.file("falla.pdf")).not.toContainText("No se subió");
  await thread.composer.getByRole("button", { name: "Cancelar lento.txt" }).click();
  await expect(thread.files).toHaveCount(2);
  release();

  await thread.attach(...Array.from({ length: 24 }, (_, index) => textFile(`nota ${index + 1}.txt`, "nota")));
  await expect(thread.file("nota 24.txt")).toContainText("Un mensaje lleva hasta 25 archivos");
  await thread.composer.getByRole("button", { name: "Quitar nota 23.txt" }).click();
  await thread.composer.getByRole("button", { name: "Reintentar nota 24.txt" }).click();
  await expect(thread.file("nota 24.txt")).toContainText("4 B");
  await thread.field.fill("Veinticinco");
  await thread.send.click();
  await expect(thread.mine("Veinticinco")).toContainText("Entregado");
  const sent = (await sandbox.thread(seller.threads[0]?.packId ?? "")).messages.at(-1)?.attachments ?? [];
  expect(sent).toHaveLength(25);
  expect(sent.map(({ originalFilename }) => originalFilename)).toContain("nota 24.txt");
});

test("keeps a reply back when Mercado Libre refuses one of its files, says which and why, and sends it whole on another try", async ({
  page,
  openShop,
  sandbox,
}) => {
  const { threads } = withFiles([]);
  const seller = await openShop({ siteId: "CBT", marketplaces: ["MLM"], threads });
  const packId = seller.threads[0]?.packId ?? "";
  const { thread } = await openOnly(page, seller);
  // No other test uploads on Global Selling: this fault meets the first file of this reply.
  await sandbox.fault({
    method: "POST",
    path: "^/marketplace/messages/attachments$",
    status: 400,
    body: { status_code: 400, code: "bad_request", message: "File attached is empty" },
  });
  await thread.attach(textFile("lista.txt", "uno"), {
    name: "IMG_7.HEIC",
    mimeType: "image/heic",
    buffer: Buffer.from("000000186674797068656963", "hex"),
  });
  await expect(thread.file("IMG_7.HEIC")).toContainText("12 B");
  await thread.field.fill("Van dos archivos");
  await thread.send.click();
  const mine = thread.mine("Van dos archivos");
  await expect(mine).toContainText("No se envió: para Mercado Libre, lista.txt está vacío");
  await expect(mine).toContainText("No se envió nada");
  expect(await sandbox.sent(packId)).toEqual([]);
  await mine.getByRole("button", { name: "Reintentar" }).click();
  await expect(mine).toContainText("Entregado");
  const sent = (await sandbox.thread(packId)).messages.at(-1)?.attachments ?? [];
  expect(sent.map(({ originalFilename, type }) => [originalFilename, type])).toEqual([
    ["lista.txt", "text/plain"],
    ["IMG_7.HEIC", "image/heic"],
  ]);
});

test("moves nothing while sixty pictures arrive, and fetches only those that come near", async ({
  page,
  openShop,
}) => {
  const bytes = jpeg("foto.jpg");
  const messages = Array.from({ length: 20 }, (_, index) => ({
    from: "buyer" as const,
    text: `Tanda ${index + 1}`,
    minutesAgo: 60 - index,
    attachments: [1, 2, 3].map((number) => inBase64(`foto ${index + 1}-${number}.jpg`, "image/jpeg", bytes)),
  }));
  await page.addInitScript(() => {
    const moved: string[] = [];
    Reflect.set(window, "moved", moved);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        // The conversation alone: the sale beside it comes when it has been read.
        const nodes: { node?: Node }[] = Reflect.get(entry, "sources");
        const inLog = nodes.filter(({ node }) => node?.parentElement?.closest('[role="log"]'));
        moved.push(...inLog.map(({ node }) => node?.textContent ?? ""));
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  const seller = await openShop({ threads: [{ messages }] });
  const asked = new Set<string>();
  page.on("request", (request) => {
    if (/view=1/.test(request.url())) asked.add(request.url());
  });
  const { thread, viewer } = await openOnly(page, seller);
  const newest = viewer.opener("foto 20-3.jpg").locator("img");
  await expect(async () => expect(await widthOf(newest)).toBe(320)).toPass();
  await expect(thread.message("Tanda 20")).toBeInViewport();
  expect(asked.size).toBeLessThan(60);
  await thread.log.hover();
  await expect(async () => {
    await page.mouse.wheel(0, -1_200);
    await expect(thread.message(/Tanda 1(?!\d)/)).toBeInViewport({ timeout: 200 });
  }).toPass();
  await expect(async () =>
    expect(await widthOf(viewer.opener("foto 1-1.jpg").locator("img"))).toBe(320),
  ).toPass();
  expect(await page.evaluate(() => Reflect.get(window, "moved"))).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`has a viewer that shuts nobody out, in ${colorScheme}, at 375 and 1440 px`, async ({
    page,
    openShop,
    watch,
  }) => {
    test.slow();
    watch.allow(/status of (422|503)/);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const seller = await openShop(
      withFiles([
        ...PHOTOS,
        inBase64("factura.pdf", "application/pdf", pdfOf(3)),
        inBase64("medidas.txt", "text/plain", Buffer.from("Ancho: 20 cm")),
        inBase64("mentira.jpg", "image/jpeg", HTML),
        inBase64("IMG_2031.HEIC", "image/heic", Buffer.from("000000186674797068656963", "hex")),
      ]),
    );
    const { viewer } = await openOnly(page, seller);
    const ready: [string, Locator][] = [
      ["dorso.png", viewer.picture("dorso.png")],
      ["factura.pdf", viewer.sheet(1)],
      ["medidas.txt", viewer.dialog.getByText("Ancho: 20 cm")],
      ["mentira.jpg", viewer.problem],
    ];
    for (const width of [375, 1_440]) {
      await page.setViewportSize({ width, height: width === 375 ? 812 : 900 });
      await expectNoViolations(page, `the conversation at ${width}`);
      for (const [name, shown] of ready) {
        await viewer.opener(name).click();
        await expect(shown).toBeVisible();
        await expectNoViolations(page, `${name} at ${width}`);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth);
        expect.soft(sideways, name).toBeLessThanOrEqual(width);
        if (width === 375) {
          for (const control of await viewer.dialog.locator("button:visible, a:visible").all()) {
            expect.soft((await control.boundingBox())?.height, name).toBeGreaterThanOrEqual(44);
          }
        }
        if (process.env.FILES_SHOTS !== undefined) {
          await page.screenshot({ path: `${process.env.FILES_SHOTS}/${name}-${width}-${colorScheme}.png` });
        }
        await viewer.close.click();
        await expect(viewer.dialog).toBeHidden();
      }
    }
  });
}
