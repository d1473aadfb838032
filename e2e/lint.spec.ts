import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { Seller } from "@/e2e/fixtures/sandbox";
import { expect, test } from "@/e2e/fixtures/test";
import { GuideScreen } from "@/e2e/screens/guide";
import { ThreadScreen } from "@/e2e/screens/thread";

const QUESTION = "¿Me lo mandan hoy?";
const WAITING = { threads: [{ messages: [{ from: "buyer" as const, text: QUESTION }] }] };

/** The same acts in the words of each language. */
const LANGUAGES = {
  es: {
    send: "Enviar",
    refused: "Mercado Libre no acepta estos caracteres:",
    fix: "Corregir",
    find: "Ver en el texto:",
    replaced: "Cambiado:",
    phone: "Mercado Libre suele rechazarlo por tener datos personales. Quita el número",
    rejected: "Rechazado por Mercado Libre: tiene datos personales",
    change: "Quita teléfonos, correos y otros datos personales",
    rewrite: "Editar y enviar otra vez",
    hint: "Mercado Libre rechazó este mensaje: tiene datos personales.",
    delivered: "Entregado",
  },
  pt: {
    send: "Enviar",
    refused: "O Mercado Livre não aceita estes caracteres:",
    fix: "Corrigir",
    find: "Ver no texto:",
    replaced: "Trocado:",
    phone: "O Mercado Livre costuma rejeitar por ter dados pessoais. Remova o número",
    rejected: "Rejeitada pelo Mercado Livre: tem dados pessoais",
    change: "Remova telefones, e-mails e outros dados pessoais",
    rewrite: "Editar e enviar de novo",
    hint: "O Mercado Livre rejeitou esta mensagem: tem dados pessoais.",
    delivered: "Entregue",
  },
  en: {
    send: "Send",
    refused: "Mercado Libre does not take these characters:",
    fix: "Fix",
    find: "Show in the text:",
    replaced: "Replaced:",
    phone: "Mercado Libre usually rejects this as personal data. Take the number out",
    rejected: "Rejected by Mercado Libre: it has personal data",
    change: "Take out phone numbers, e-mail addresses and other personal data",
    rewrite: "Edit and send again",
    hint: "Mercado Libre rejected this message: it has personal data.",
    delivered: "Delivered",
  },
};

async function speak(page: Page, locale: string): Promise<void> {
  const status = await page.evaluate(
    async (body) => (await fetch("/api/me", { method: "PATCH", body })).status,
    JSON.stringify({ locale }),
  );
  expect(status).toBe(200);
}

/** Opens the seller's only conversation, in whatever language. */
async function openOnly(page: Page, seller: Seller) {
  const packId = seller.threads[0]?.packId ?? "";
  await page.goto(`/inbox/messages/${packId}`);
  const composer = page.locator("form").last();
  const field = composer.getByRole("textbox");
  const log = page.getByRole("log");
  await expect(log.getByText(QUESTION)).toBeVisible();
  await expect(field).toBeEditable();
  return {
    packId,
    composer,
    field,
    send: composer.locator('button[type="submit"]'),
    mine: (text: string) => log.getByRole("article").filter({ hasText: text }),
  };
}

for (const [locale, words] of Object.entries(LANGUAGES)) {
  test(`repairs curly quotes, dash and ellipsis with one press, undoes it, sends and delivers, in ${locale}`, async ({
    page,
    openShop,
    sandbox,
  }) => {
    const seller = await openShop(WAITING);
    await speak(page, locale);
    const { packId, composer, field, send, mine } = await openOnly(page, seller);
    const draft = "“Hola” – sale hoy…";
    await field.fill(draft);
    await expect(composer).toContainText(words.refused);
    for (const sign of "“”–…") {
      await expect(
        composer.getByRole("button", { name: `${words.find} ${sign}`, exact: true }),
      ).toBeVisible();
    }
    await composer.getByRole("button", { name: words.fix, exact: true }).click();
    await expect(field).toHaveValue('"Hola" - sale hoy...');
    await expect(field).toBeFocused();
    await expect(composer).toContainText(`${words.replaced} “ ” – …`);
    await expect(composer).not.toContainText(words.refused);

    await page.keyboard.press("Control+z");
    await expect(field).toHaveValue(draft);
    await expect(composer).toContainText(words.refused);
    await composer.getByRole("button", { name: words.fix, exact: true }).click();
    await send.click();
    await expect(mine('"Hola" - sale hoy...')).toContainText(words.delivered);
    expect(await sandbox.sent(packId)).toEqual(['"Hola" - sale hoy...']);
  });

  test(`warns of a phone number, lets it be sent, and leads from its rejection to a delivered message, in ${locale}`, async ({
    page,
    openShop,
    sandbox,
  }) => {
    const seller = await openShop(WAITING);
    await speak(page, locale);
    const { packId, composer, field, send, mine } = await openOnly(page, seller);
    await field.fill("+54 9 11 5555-1234");
    await expect(composer).toContainText(words.phone);
    await send.click();
    const rejected = mine("+54 9 11 5555-1234");
    await expect(rejected).toContainText(words.rejected);
    await expect(rejected).toContainText(words.change);

    await rejected.getByRole("button", { name: words.rewrite }).click();
    await expect(field).toHaveValue("+54 9 11 5555-1234");
    await expect(field).toBeFocused();
    await expect(composer).toContainText(words.hint);
    await expect(composer.getByRole("button", { name: `${words.find} +54 9 11 5555-1234` })).toBeVisible();
    await field.fill("OK");
    await expect(composer).not.toContainText(words.hint);
    await send.click();
    await expect(mine("OK")).toContainText(words.delivered);
    await expect(rejected).toContainText(words.rejected);
    await expect(rejected.getByRole("button")).toHaveCount(0);
    await expect(rejected).not.toContainText(words.change);
    expect(await sandbox.sent(packId)).toEqual(["+54 9 11 5555-1234", "OK"]);
  });
}

test("asks once before it sends what Mercado Libre certainly refuses: the same keys again repair and send", async ({
  page,
  openShop,
  sandbox,
}) => {
  const { packId, composer, field, mine } = await openOnly(page, await openShop(WAITING));
  await field.click();
  await page.keyboard.insertText("Va la silla 🪑 — desarmada");
  await expect(composer).toContainText("Mercado Libre no acepta estos caracteres y emojis: 🪑 —");
  await page.keyboard.press("Control+Enter");
  await expect(composer).toContainText("No se envió: Mercado Libre rechaza el mensaje");
  await expect(composer.getByRole("button", { name: "Corregir y enviar" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(field).toBeFocused();
  await expect(composer).not.toContainText("No se envió");
  expect(await sandbox.sent(packId)).toEqual([]);

  await page.keyboard.press("Control+Enter");
  await expect(composer.getByRole("button", { name: "Corregir y enviar" })).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(mine("Va la silla - desarmada")).toContainText("Entregado");
  await expect(field).toHaveValue("");
  await expect(field).toBeFocused();
  expect(await sandbox.sent(packId)).toEqual(["Va la silla - desarmada"]);
});

test("holds once what is sent before its warning could be read, for the only first message too", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({
    threads: [
      {
        status: "blocked",
        substatus: "blocked_by_conversation_initiated_by_seller_limited",
        shipment: { logisticType: "fulfillment", status: "shipped" },
      },
    ],
  });
  const guide = new GuideScreen(page);
  const packId = seller.threads[0]?.packId ?? "";
  await guide.open(packId);
  const warning = guide.composer.getByText(/suele rechazarlo/);
  await expect(async () => {
    await guide.field.fill("¿Qué piso es? a@b.com");
    await expect(warning).toBeVisible({ timeout: 4_000 });
  }).toPass();
  await guide.field.fill("");
  await expect(warning).toBeHidden();
  await guide.field.fill("¿Qué piso es? +54 9 11 5555-1234");
  await page.keyboard.press("Control+Enter");
  await expect(guide.composer).toContainText(
    "Todavía no se envió. Para enviarlo así, pulsa Enviar otra vez.",
  );
  await expect(warning).toBeVisible();
  await expect(guide.composer.getByRole("status").first()).toContainText("Todavía no se envió: un teléfono.");
  await expect(guide.field).toBeFocused();
  expect(await sandbox.sent(packId)).toEqual([]);

  await guide.field.fill("¿Qué piso es? +54 9 11 5555-4321");
  await expect(guide.composer).not.toContainText("Todavía no se envió");
  await expect(warning).toBeVisible();
  // It was read by now: this press decides.
  await guide.send.click();
  await expect(guide.mine("¿Qué piso es? +54 9 11 5555-4321")).toContainText("Rechazado por Mercado Libre");
});

test("watches over the first message under a reason too, where only one can be sent", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({
    threads: [
      {
        status: "blocked",
        substatus: "blocked_by_conversation_initiated_by_seller_limited",
        shipment: { logisticType: "fulfillment", status: "shipped" },
      },
    ],
  });
  const guide = new GuideScreen(page);
  const packId = seller.threads[0]?.packId ?? "";
  await guide.open(packId);
  await expect(guide.field).toBeEditable();
  await guide.field.fill("Hola — ¿confirmás el piso?");
  await guide.send.click();
  await expect(guide.composer).toContainText("No se envió: Mercado Libre rechaza el mensaje");
  expect(await sandbox.sent(packId)).toEqual([]);
  await guide.composer.getByRole("button", { name: "Corregir y enviar" }).click();
  await expect(guide.mine("Hola - ¿confirmás el piso?")).toContainText("Entregado");
  expect(await sandbox.sent(packId)).toEqual(["Hola - ¿confirmás el piso?"]);
});

/** Of an open conversation only the rules are still to come. */
const delayRules = (page: Page, ms: number) =>
  page.route("**/_next/static/chunks/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await route.continue().catch(() => undefined);
  });

test("holds a text that is sent before the rules have come, until they have", async ({
  page,
  openShop,
  sandbox,
}) => {
  const thread = await openOnly(page, await openShop(WAITING));
  await delayRules(page, 700);
  await thread.field.fill("Llega el lunes — ¿te sirve?");
  await thread.send.click();
  await expect(thread.composer).toContainText("No se envió: Mercado Libre rechaza el mensaje");
  expect(await sandbox.sent(thread.packId)).toEqual([]);
  await thread.field.fill("Llega el lunes");
  await thread.send.click();
  await expect(thread.mine("Llega el lunes")).toContainText("Entregado");
  expect(await sandbox.sent(thread.packId)).toEqual(["Llega el lunes"]);
});

test("sends nothing of a text that is written on while it waits for the rules", async ({
  page,
  openShop,
  sandbox,
}) => {
  const thread = await openOnly(page, await openShop(WAITING));
  await delayRules(page, 700);
  await thread.field.fill("Llega el lunes — o el mar");
  await thread.send.click();
  await thread.field.pressSequentially("tes");
  // They have come: the press is not asked about, it is gone.
  await expect(thread.composer).toContainText("no acepta");
  await expect(thread.composer).not.toContainText("No se envió");
  await expect(thread.field).toHaveValue("Llega el lunes — o el martes");
  expect(await sandbox.sent(thread.packId)).toEqual([]);
});

test("sends a text that waits for the rules when its conversation is left", async ({
  page,
  openShop,
  sandbox,
}) => {
  const thread = await openOnly(page, await openShop(WAITING));
  await delayRules(page, 60_000);
  await thread.field.fill("Llega el lunes");
  await thread.send.click();
  await page.getByRole("navigation", { name: "Canales" }).getByRole("link", { name: /^Todo/ }).click();
  await expect(thread.field).toHaveCount(0);
  await expect.poll(() => sandbox.sent(thread.packId)).toEqual(["Llega el lunes"]);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`shuts nobody out with its warnings, its question or its repair, in ${colorScheme}`, async ({
    page,
    openShop,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { composer, field, send } = await openOnly(page, await openShop(WAITING));
    const check = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
      expect.soft(told, what).toEqual([]);
    };
    await field.fill("“Sí” al +54 9 11 5555-1234, a yo@tienda.com o en bit.ly/abc");
    await composer.getByRole("button", { name: /^Ver \d avisos más$/ }).click();
    await check("the warnings");
    await page.setViewportSize({ width: 320, height: 640 });
    await check("the warnings on a small phone");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
    await expect(send).toBeInViewport();
    await send.click();
    await expect(composer.getByRole("button", { name: "Corregir y enviar" })).toBeFocused();
    await check("the question");
    await page.keyboard.press("Escape");
    await composer.getByRole("button", { name: "Corregir", exact: true }).click();
    await expect(composer).toContainText("Cambiado: “ ”");
    await check("the repair");
    await composer.getByRole("button", { name: "Deshacer" }).click();
    await expect(field).toHaveValue(/^“Sí” al/);
    await expect(field).toBeFocused();
  });
}

test("lets a person send it as it is, and says what came of it", async ({ page, openShop, sandbox }) => {
  const { packId, composer, field, send, mine } = await openOnly(page, await openShop(WAITING));
  await field.fill("Es el modelo “Classic”");
  await expect(composer).toContainText("Mercado Libre no acepta estos caracteres");
  // A double click is one press: it decides nothing.
  await send.dblclick();
  await expect(composer.getByRole("button", { name: "Corregir y enviar" })).toBeVisible();
  await expect(field).toHaveValue("Es el modelo “Classic”");
  await composer.getByRole("button", { name: "Enviar igual" }).click();
  const refused = mine("Es el modelo “Classic”");
  await expect(refused).toContainText("No se envió: Mercado Libre no acepta alguno de estos caracteres");
  expect(await sandbox.sent(packId)).toEqual([]);

  await refused.getByRole("button", { name: "Editar y enviar otra vez" }).click();
  await expect(composer).toContainText("Mercado Libre no acepta estos caracteres");
  await composer.getByRole("button", { name: "Corregir", exact: true }).click();
  await send.click();
  await expect(mine('Es el modelo "Classic"')).toContainText("Entregado");
});

test("says nothing while a number is being typed, and shows where the found words stand", async ({
  page,
  openShop,
}) => {
  const { composer, field } = await openOnly(page, await openShop(WAITING));
  const warning = composer.getByText(/suele rechazarlo/);
  await field.click();
  await expect(field).toBeFocused();
  await field.pressSequentially("Llamame al +54 9 11 5555-1234", { delay: 60 });
  const lastKeyAt = Date.now();
  await expect(warning).toBeVisible();
  // The cursor still stands at its end: there could be more of it.
  expect(Date.now() - lastKeyAt).toBeGreaterThan(1_500);
  await expect(composer.getByRole("status").first()).toHaveText("Un aviso antes de enviar: un teléfono.");
  await expect(field).toHaveAccessibleDescription(/Un aviso antes de enviar: un teléfono/);

  await composer.getByRole("button", { name: /^Ver en el texto: / }).click();
  await expect(field).toBeFocused();
  const selected = await field.evaluate((area: HTMLTextAreaElement) =>
    area.value.slice(area.selectionStart, area.selectionEnd),
  );
  expect(selected).toMatch(/^\+54 9 11 5555-1234$/);
  await page.keyboard.press("Delete");
  await expect(warning).toBeHidden();
});

test("folds more than three warnings away, and unfolds them by keyboard", async ({ page, openShop }) => {
  const { composer, field } = await openOnly(page, await openShop(WAITING));
  await field.fill(
    "Mirá bit.ly/abc y seguinos en instagram.com/tienda, mail a yo@tienda.com o al +54 9 11 5555-1234",
  );
  const warnings = composer.getByText(/suele rechazarlo/);
  await expect(warnings).toHaveCount(2);
  const more = composer.getByRole("button", { name: "Ver 2 avisos más" });
  await field.press("Tab");
  await expect(composer.getByRole("button", { name: /^Ver en el texto: / }).first()).toBeFocused();
  await more.press("Enter");
  await expect(warnings).toHaveCount(4);
});

test("warns and repairs nothing, but sends, when the rules cannot be loaded", async ({
  page,
  openShop,
  sandbox,
  watch,
}) => {
  watch.allow(/ERR_FAILED/, /Failed to load chunk/);
  const seller = await openShop(WAITING);
  const known = new Set<string>();
  page.on("request", (request) => known.add(request.url()));
  const first = await openOnly(page, seller);
  await expect(async () => {
    await first.field.fill("…");
    await expect(first.composer).toContainText("no acepta", { timeout: 3_000 });
  }).toPass();
  await first.field.fill("");
  // What the composer asked for with its first text: the page itself comes without it, once the draft is gone.
  let late: string[] = [];
  await expect(async () => {
    await page.reload();
    await expect(first.field).toBeEditable();
    await expect(first.field).toHaveValue("");
    // What any open conversation fetches with its first look is none of it.
    const looked = page.waitForResponse((answer) => /\/api\/threads\/messages\/\d+(\?|$)/.test(answer.url()));
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await looked;
    const early: string[] = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name),
    );
    late = [...known].filter((url) => url.includes("/chunks/") && !early.includes(url));
    expect(late.length).toBeGreaterThan(0);
  }).toPass();
  for (const url of late) await page.route(url, (route) => route.abort());
  await page.reload();
  await expect(first.field).toBeEditable();
  await first.field.fill("Llamame al +54 9 11 5555-1234");
  await first.send.click();
  await expect(first.mine("Llamame al")).toContainText("Rechazado por Mercado Libre: tiene datos personales");
  await first.mine("Llamame al").getByRole("button", { name: "Editar y enviar otra vez" }).click();
  await expect(first.composer).toContainText("Mercado Libre rechazó este mensaje: tiene datos personales.");
  await expect(first.composer).toContainText("Quita teléfonos, correos y otros datos personales");
  await first.field.fill("Escribime por acá");
  await first.send.click();
  await expect(first.mine("Escribime por acá")).toContainText("Entregado");
  expect(await sandbox.sent(first.packId)).toHaveLength(2);
});

test("counts against the conversation's own limit, 3,500 and none included", async ({
  page,
  openShop,
  sandbox,
}) => {
  const long = { messages: [{ from: "buyer" as const, text: QUESTION }], sellerMaxLength: 3_500 };
  const shut = { messages: [{ from: "buyer" as const, text: QUESTION }], sellerMaxLength: 0 };
  const seller = await openShop({ threads: [long, shut] });
  const thread = new ThreadScreen(page);
  await thread.open(seller.threads[0]?.packId ?? "");
  await expect(thread.field).toBeEditable();
  await thread.field.fill("x".repeat(3_501));
  await expect(thread.composer).toContainText("3501 / 3500");
  await expect(thread.composer).toContainText("Sobra 1 carácter");
  await expect(thread.send).toBeDisabled();
  await thread.field.fill(`${"palabra ".repeat(437)}fin`);
  await expect(thread.send).toBeEnabled();
  await thread.send.click();
  await expect(thread.mine("fin")).toContainText("Entregado");
  expect(await sandbox.sent(seller.threads[0]?.packId ?? "")).toHaveLength(1);

  await thread.open(seller.threads[1]?.packId ?? "");
  await expect(page.getByText("Mercado Libre no permite escribir en esta conversación")).toBeVisible();
  await expect(page.getByRole("log").getByText(QUESTION)).toBeVisible();
});
