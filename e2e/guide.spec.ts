import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { SandboxControl, Seller, ThreadSeed } from "@/e2e/fixtures/sandbox";
import { expect, test } from "@/e2e/fixtures/test";
import { GuideScreen } from "@/e2e/screens/guide";

/** A sale that the seller may only write to with a reason (messages.md 4.1). */
const LIMITED: ThreadSeed = {
  status: "blocked",
  substatus: "blocked_by_conversation_initiated_by_seller_limited",
  buyerName: "Carla Ruiz",
  product: { title: "Lámpara de pie" },
};
const onShipment = (logisticType: string, status = "ready_to_ship"): ThreadSeed => ({
  ...LIMITED,
  shipment: { logisticType, status },
});

async function openOnly(page: Page, seller: Seller): Promise<{ guide: GuideScreen; packId: string }> {
  const packId = seller.threads[0]?.packId ?? "";
  const guide = new GuideScreen(page);
  await guide.open(packId);
  return { guide, packId };
}

/** Posts of an option of this conversation, as faults name them. */
const startsOf = (packId: string) => ({ method: "POST", path: `/action_guide/packs/${packId}/option` });
const asksOf = (packId: string) => ({ method: "GET", path: `/action_guide/packs/${packId}$` });

async function bodiesOf(sandbox: SandboxControl, seller: Seller, packId: string): Promise<unknown[]> {
  const calls = await sandbox.calls({ sellerId: seller.id, ...startsOf(packId) });
  return calls.map(({ body }) => body);
}

test("starts the conversation of a Full sale with a reason: what is left stands there before a word is typed, and the message is delivered", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [onShipment("fulfillment", "shipped")] });
  const { guide, packId } = await openOnly(page, seller);
  await expect(guide.banner).toHaveAttribute("data-substatus", LIMITED.substatus ?? "");
  await expect(guide.banner).toContainText("Para escribir primero hace falta un motivo");
  await expect(guide.banner).toContainText("Elige un motivo aquí abajo");

  await expect(guide.reason("Otro motivo")).toBeChecked();
  await expect(guide.reasons).toContainText("Para cualquier otra cosa sobre esta venta.");
  await expect(guide.reasons.getByText("Queda 1")).toHaveCount(3);
  await expect(guide.reason("Pedir la variante")).toHaveCount(0);
  await expect(guide.composer).toContainText("0 / 350");
  await expect(guide.field).toBeEditable();
  await expect(guide.composer.getByLabel("Con un motivo no se pueden adjuntar archivos")).toBeDisabled();
  await expect(guide.send).toBeDisabled();

  await guide.field.fill("x".repeat(351));
  await expect(guide.composer).toContainText("Sobra 1 carácter");
  await expect(guide.send).toBeDisabled();
  await guide.field.fill("Hola, ¿confirmás el piso?");
  await guide.field.press("Control+Enter");
  const mine = guide.mine("Hola, ¿confirmás el piso?");
  await expect(mine).toContainText("Motivo: Otro motivo");
  await expect(mine).toContainText("Entregado");
  await expect(mine).toHaveCount(1);
  await expect(guide.reason("Otro motivo")).toBeDisabled();
  await expect(guide.reasons).toContainText("Ya se usó. Vuelve cuando escriba el comprador.");
  // No other reason is chosen for anybody.
  await expect(guide.reason("Enviar la factura")).not.toBeChecked();
  await expect(guide.field).toBeDisabled();
  expect(await bodiesOf(sandbox, seller, packId)).toEqual([
    { option_id: "OTHER", text: "Hola, ¿confirmás el piso?" },
  ]);

  // The buyer answers: the composer is the way, with what was typed meanwhile.
  await guide.reason("Enviar la factura").check();
  await guide.field.fill("Te paso la factura");
  await sandbox.buyerWrites({ packId, text: "Piso 3" });
  await expect(guide.message("Piso 3")).toBeVisible();
  await expect(guide.banner).toHaveCount(0);
  await expect(guide.picker).toBeEnabled();
  await expect(guide.field).toHaveValue("Te paso la factura");
  await guide.send.click();
  await expect(guide.mine("Te paso la factura")).toContainText("Entregado");
  // The reason stays with its message.
  await page.reload();
  await expect(guide.mine("Hola, ¿confirmás el piso?")).toContainText("Motivo: Otro motivo");
});

test("sends a template as what it is: Mercado Libre's words, none of ours, and what was typed stays", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [onShipment("drop_off")] });
  const { guide, packId } = await openOnly(page, seller);
  await guide.field.fill("Para después");
  await guide.reason("Pedir datos de facturación").check();
  await expect(guide.field).toBeDisabled();
  await expect(guide.field).toHaveAttribute("placeholder", /Mercado Libre escribe este texto/);
  await expect(guide.composer).toContainText("Lo que escribiste queda guardado");
  await expect(guide.send).toHaveText("Enviar: pedir datos de facturación");
  await sandbox.fault({ ...startsOf(packId), delayMs: 1_500 });
  await guide.send.click();
  const ours = guide.mine("Motivo: Pedir datos de facturación");
  await expect(ours).toContainText("Mercado Libre escribe el texto");
  await expect(ours).toContainText("Para emitir tu factura");
  await expect(ours).toContainText("Entregado");
  await expect(guide.log.getByRole("article")).toHaveCount(1);
  await expect(guide.reason("Pedir datos de facturación")).toBeDisabled();
  await expect(guide.field).toHaveValue("Para después");
  expect(await bodiesOf(sandbox, seller, packId)).toEqual([
    { option_id: "REQUEST_BILLING_INFO", template_id: "TEMPLATE___REQUEST_BILLING_INFO___1" },
  ]);
  await page.reload();
  await expect(guide.field).toHaveValue("Para después");
});

test("asks the two hours of a delivery promise, whole and in order, before it can be sent", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [onShipment("self_service")] });
  const { guide, packId } = await openOnly(page, seller);
  await guide.reason("Prometer un horario de entrega").check();
  await expect(guide.send).toHaveText("Enviar: prometer el horario");
  await expect(guide.send).toBeDisabled();
  await guide.hour("Desde las").fill("18");
  await expect(guide.send).toBeDisabled();
  await guide.hour("Hasta las").fill("12");
  await expect(guide.composer).toContainText("La primera hora tiene que ser menor que la segunda.");
  await expect(guide.send).toBeDisabled();
  await guide.hour("Hasta las").fill("20.5");
  await expect(guide.composer).toContainText("Hacen falta horas enteras, de 1 a 24.");
  await guide.hour("Hasta las").fill("0");
  await expect(guide.composer).toContainText("Hacen falta horas enteras, de 1 a 24.");
  await guide.hour("Hasta las").fill("21");
  await guide.send.click();
  await expect(guide.mine("Motivo: Prometer un horario de entrega")).toContainText("Entregado");
  expect(await bodiesOf(sandbox, seller, packId)).toEqual([
    {
      option_id: "DELIVERY_PROMISE",
      template_id: "TEMPLATE___DELIVERY_PROMISE___1",
      vars: [
        { id: "TEMPLATE___DELIVERY_PROMISE___1___VAR___INIT", value: 18 },
        { id: "TEMPLATE___DELIVERY_PROMISE___1___VAR___LIMIT", value: 21 },
      ],
    },
  ]);
});

/** What the post of an option may answer (messages.md 3.3), and the words for it. */
const REFUSALS = [
  [
    "400 limit_exceeded",
    400,
    { error: "limit_exceeded", message: "The text is invalid" },
    /no acepta este texto/,
  ],
  [
    "403 cap used",
    403,
    { error: "bad_request", message: "You are not allowed to execute the option OTHER again" },
    /ese motivo ya se usó/,
  ],
  [
    "403 not ours",
    403,
    { error: "forbidden", message: "You are not allowed to access the information of the pack 1" },
    /no permite empezar esta conversación ahora/,
  ],
  [
    "404 not offered",
    404,
    { error: "not_found", message: "The option selected is not valid" },
    /ya no ofrece ese motivo/,
  ],
  [
    "403 blocked",
    403,
    { error: "forbidden", message: "The conversation is blocked", cause: "blocked_by_buyer" },
    /la conversación está bloqueada \(El comprador bloqueó los mensajes\)/,
  ],
  ["451 deactivated", 451, { error: "Unavailable", message: "Unavailable" }, /desactivó su cuenta/],
] as const;

test("says in words what Mercado Libre answered to a reason, and gives the text back in one step each time", async ({
  page,
  openShop,
  sandbox,
}) => {
  test.slow();
  const seller = await openShop({ threads: [onShipment("self_service")] });
  const { guide, packId } = await openOnly(page, seller);
  await guide.field.fill("¿Estás hoy?");
  for (const [name, status, body, words] of REFUSALS) {
    await test.step(name, async () => {
      const cause = "forbidden";
      await sandbox.fault({ ...startsOf(packId), status, body: { cause, status_code: status, ...body } });
      await guide.send.click();
      const mine = guide.mine("¿Estás hoy?");
      await expect(mine).toContainText(words);
      await expect(mine).toContainText("Motivo: Otro motivo");
      await mine.getByRole("button", { name: /^(Elegir un motivo|Editar y enviar otra vez)$/ }).click();
      await expect(mine).toHaveCount(0);
      await expect(guide.field).toHaveValue("¿Estás hoy?");
      await expect(guide.reason("Otro motivo")).toBeChecked();
    });
  }
  await test.step("500, after which nobody knows", async () => {
    const body = { error: "internal_server_error", message: "Internal server error", status_code: 500 };
    await sandbox.fault({ ...startsOf(packId), status: 500, body });
    await guide.send.click();
    await expect(guide.mine("¿Estás hoy?")).toContainText("No sabemos si llegó");
    // Until that is known, no other message with a reason leaves.
    await expect(guide.composer).toContainText("Hay un mensaje con motivo en camino");
    await guide.field.fill("Otra cosa");
    await expect(guide.send).toBeDisabled();
    await guide.act("¿Estás hoy?", "Descartar").click();
    await guide.field.fill("¿Estás hoy?");
    await expect(guide.send).toBeEnabled();
  });
  await test.step("409 locked, twice", async () => {
    const body = { cause: "conflict", error: "conflict", status_code: 409 };
    const message = "There is another request locking this operation";
    await sandbox.fault({ ...startsOf(packId), times: 2, status: 409, body: { ...body, message } });
    await guide.send.click();
    await expect(guide.mine("¿Estás hoy?")).toContainText(/está procesando otro mensaje de esta venta/);
    await expect(guide.mine("¿Estás hoy?")).toContainText("No se envió");
    await guide.act("¿Estás hoy?", "Elegir un motivo").click();
    await expect(guide.field).toHaveValue("¿Estás hoy?");
  });
  await test.step("templates: 400 and both answers to a day that has passed", async () => {
    const answers = [
      [400, "The template TEMPLATE___DELIVERY_PROMISE___1 is invalid", /no acepta esa plantilla/],
      [
        400,
        "The promise of delivery of the shipping contained in the pack is from a date before today",
        /la fecha de entrega de este envío ya pasó/,
      ],
      [500, "delivery date is before than today", /la fecha de entrega de este envío ya pasó/],
    ] as const;
    for (const [status, message, words] of answers) {
      await guide.reason("Prometer un horario de entrega").check();
      await guide.hour("Desde las").fill("9");
      await guide.hour("Hasta las").fill("12");
      const body = { ...(status === 400 ? { error: "bad_request" } : {}), status_code: status, message };
      await sandbox.fault({ ...startsOf(packId), status, body });
      await guide.send.click();
      const failed = guide.mine("Motivo: Prometer un horario de entrega");
      await expect(failed).toContainText(words);
      await failed.getByRole("button", { name: "Descartar" }).click();
      await expect(failed).toHaveCount(0);
    }
  });
  await test.step("429, which passes", async () => {
    await guide.reason("Otro motivo").check();
    const body = { error: "too_many_request", message: "Too many request", status_code: 429 };
    await sandbox.fault({ ...startsOf(packId), status: 429, body });
    await guide.send.click();
    await expect(guide.mine("¿Estás hoy?")).toContainText("Entregado");
  });
  expect(await sandbox.sent(packId)).toEqual(["¿Estás hoy?"]);
});

test("says why no reason can be had, keeps the text, and asks again when told to", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [onShipment("drop_off")] });
  const { guide, packId } = await openOnly(page, seller);
  await expect(guide.reason("Otro motivo")).toBeChecked();
  const saved = page.waitForResponse((answer) => answer.url().includes("/draft") && answer.ok());
  await guide.field.fill("Ya escrito");
  await saved;

  await sandbox.fault({
    ...asksOf(packId),
    status: 451,
    body: { error: "Unavailable", message: "Unavailable" },
  });
  await page.reload();
  await expect(guide.stop).toContainText("El comprador desactivó su cuenta");
  await expect(guide.banner).toHaveAttribute("data-substatus", LIMITED.substatus ?? "");
  await expect(guide.field).toHaveValue("Ya escrito");
  await expect(guide.field).toBeDisabled();
  await expect(guide.send).toHaveCount(0);
  await guide.stop.getByRole("button", { name: "Preguntar a Mercado Libre" }).click();
  await expect(guide.field).toBeEditable();

  const gone = { error: "not_found", message: "The option selected is not valid", status_code: 404 };
  await sandbox.fault({ ...asksOf(packId), status: 404, body: gone });
  await page.reload();
  await expect(guide.stop).toContainText("Mercado Libre no ofrece motivos para esta venta");
  await guide.stop.getByRole("button", { name: "Preguntar a Mercado Libre" }).click();
  await expect(guide.field).toHaveValue("Ya escrito");
  await expect(guide.field).toBeEditable();
});

test("offers to ask again when the reasons could not be read", async ({ page, openShop, sandbox, watch }) => {
  watch.allow(/status of 502/);
  const seller = await openShop({ threads: [onShipment("drop_off")] });
  const packId = seller.threads[0]?.packId ?? "";
  await sandbox.fault({ ...asksOf(packId), status: 200, body: { nothing: "of what we know" } });
  const { guide } = await openOnly(page, seller);
  const failed = page.getByRole("alert").filter({ hasText: "No pudimos preguntar qué motivos hay." });
  await expect(failed).toBeVisible();
  await failed.getByRole("button", { name: "Probar otra vez" }).click();
  await expect(guide.reason("Otro motivo")).toBeChecked();
});

test("needs no reason for a sale that is written to directly: the plain composer opens with the text kept", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [{ ...onShipment("drop_off"), isExcepted: true }] });
  const { guide, packId } = await openOnly(page, seller);
  await expect(guide.banner).toHaveCount(0);
  await expect(guide.reasons).toHaveCount(0);
  await guide.field.fill("Tu mesa sale el lunes");
  await guide.send.click();
  await expect(guide.mine("Tu mesa sale el lunes")).toContainText("Entregado");
  expect(await bodiesOf(sandbox, seller, packId)).toEqual([]);
});

/** After both of these the conversation is written to directly. */
const NOT_NEEDED = [
  {
    status: 400,
    cause: "blocked_by_excepted_case",
    error: "bad_request",
    message: "This pack belongs to an excepted case, it is requested to use the messaging resource.",
  },
  {
    status: 403,
    cause: "blocked_by_conversation_use_message_api",
    error: "forbidden",
    message: "This package has the conversation blocked, please check blocked messages",
  },
];

test("leads a message back to the plain composer when Mercado Libre wants no reason for it", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: NOT_NEEDED.map(() => onShipment("drop_off")) });
  const guide = new GuideScreen(page);
  for (const [index, { status, ...body }] of NOT_NEEDED.entries()) {
    await test.step(body.cause, async () => {
      const packId = seller.threads[index]?.packId ?? "";
      await guide.open(packId);
      await expect(guide.reason("Otro motivo")).toBeChecked();
      await sandbox.fault({ ...startsOf(packId), status, body: { ...body, status_code: status } });
      await guide.field.fill("Sale mañana");
      await guide.send.click();
      const mine = guide.mine("Sale mañana");
      await expect(mine).toContainText("esta conversación no necesita un motivo");
      await expect(guide.banner).toHaveCount(0);
      await guide.act("Sale mañana", "Editar y enviar otra vez").click();
      await expect(guide.field).toHaveValue("Sale mañana");
      await expect(guide.picker).toBeEnabled();
    });
  }
});

test("opens the plain composer with what was typed when the guide says that the buyer has written", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [{ messages: [{ from: "buyer", text: "¿Hay stock?" }] }] });
  const { guide, packId } = await openOnly(page, seller);
  await guide.field.fill("Sí, queda uno");
  // Hold the guide's answer back, so that what stands meanwhile can be seen.
  await sandbox.fault({ ...asksOf(packId), delayMs: 1_500 });
  await sandbox.setState(packId, { status: "blocked", substatus: LIMITED.substatus ?? "" });
  await guide.refresh.click();
  await expect(guide.banner).toHaveAttribute("data-substatus", LIMITED.substatus ?? "");
  await expect(guide.field).toHaveValue("Sí, queda uno");
  await expect(guide.banner).toHaveCount(0);
  await expect(guide.field).toBeEditable();
  await expect(guide.field).toHaveValue("Sí, queda uno");
});

test("leads a refused reply to the guided start in one step, with its text", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [{ ...LIMITED, status: "active", substatus: null }] });
  const { guide, packId } = await openOnly(page, seller);
  await guide.field.fill("¿Te llegó bien?");
  await sandbox.setState(packId, { status: "blocked", substatus: LIMITED.substatus ?? "" });
  await guide.send.click();
  const mine = guide.mine("¿Te llegó bien?");
  await expect(mine).toContainText("Para escribir primero hace falta un motivo");
  await guide.act("¿Te llegó bien?", "Elegir un motivo").click();
  await expect(mine).toHaveCount(0);
  await expect(guide.field).toHaveValue("¿Te llegó bien?");
  await expect(guide.reason("Otro motivo")).toBeChecked();
  await guide.send.click();
  await expect(mine).toContainText("Entregado");
  expect(await bodiesOf(sandbox, seller, packId)).toEqual([{ option_id: "OTHER", text: "¿Te llegó bien?" }]);
});

test("says that no reason is left when all are used up, and closes the field", async ({ page, openShop }) => {
  const seller = await openShop({
    threads: [
      { ...onShipment("fulfillment"), caps: { OTHER: 0, SEND_INVOICE_LINK: 0, REQUEST_BILLING_INFO: 0 } },
    ],
  });
  const { guide } = await openOnly(page, seller);
  await expect(guide.stop).toContainText("No quedan motivos por ahora");
  await expect(guide.stop).toContainText("Se puede escribir cuando responda el comprador.");
  await expect(guide.send).toHaveCount(0);
});

test("has no violation that axe can find, with a text and with a template, in both themes", async ({
  page,
  openShop,
}) => {
  const seller = await openShop({
    threads: [{ ...onShipment("self_service"), caps: { SEND_INVOICE_LINK: 0 } }],
  });
  const { guide } = await openOnly(page, seller);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const reason of ["Otro motivo", "Prometer un horario de entrega"]) {
      await guide.reason(reason).check();
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
      expect.soft(told, `${reason}, ${colorScheme}`).toEqual([]);
    }
  }
});

test("is used by keyboard alone, and Enter on a reason sends nothing", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [onShipment("drop_off")] });
  const { guide, packId } = await openOnly(page, seller);
  await guide.reason("Otro motivo").focus();
  await page.keyboard.press("ArrowUp");
  await expect(guide.reason("Enviar la factura")).toBeChecked();
  await page.keyboard.press("ArrowUp");
  await expect(guide.reason("Pedir datos de facturación")).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(guide.send).toBeFocused();
  expect(await bodiesOf(sandbox, seller, packId)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(guide.mine("Motivo: Pedir datos de facturación")).toContainText("Entregado");
});
