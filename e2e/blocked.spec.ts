import { expect, test } from "@/e2e/fixtures/test";
import { InboxScreen } from "@/e2e/screens/inbox";
import { ThreadScreen } from "@/e2e/screens/thread";

/** The codes of messages.md 6, in the spellings seen on the wire: what the seller is told, and what to do now. The two
 *  that are no block but a direction stand apart: a reason is needed (guide.spec.ts), and none is. */
const BLOCKS: Readonly<Record<string, readonly [title: string, now: string]>> = {
  blocked_by_time: ["Pasó el plazo para responder", "Si el comprador vuelve a escribir"],
  blocked_by_buyer: ["El comprador bloqueó los mensajes", "Sigue con el envío como siempre"],
  blocked_by_mediation: ["Hay una mediación en curso", "Responde en el reclamo"],
  bloqued_by_mediation: ["Hay una mediación en curso", "Responde en el reclamo"],
  blocked_by_mediation_fbm: ["Hay una mediación en curso", "Responde en el reclamo"],
  blocked_by_fulfillment: ["Venta Full sin entregar", "del envío se ocupa Mercado Libre"],
  blocked_by_payment: ["Falta acreditar el pago", "No despaches todavía"],
  blocked_by_conversation_initiated_by_seller: ["la empieza el comprador", "Si el comprador escribe"],
  blocked_by_conversation_started_by_seller: ["la empieza el comprador", "Si el comprador escribe"],
  blocked_by_cancelled_order: ["La venta se canceló", "No despaches"],
  blocked_by_cancelled_order_by_fraud: ["Venta cancelada por seguridad", "ni respondas por otro medio"],
  blocked_by_cancelled_order_hidden: ["La compra no se completó", "No hay nada que despachar"],
  blocked_by_conversation_expired: ["La conversación venció", "No hay nada pendiente"],
  blocked_by_refund: ["La compra se reembolsó", "Si hay una devolución en camino"],
  blocked_by_claim_change_open: ["cambio de producto en curso", "Sigue el cambio en el reclamo"],
  blocked_by_claim_change_closed: ["Cambio de producto", "Mira en el reclamo"],
  blocked_by_deactivated_account: ["Una de las cuentas se cerró", "No hay a quién responder"],
  blocked_by_restrictions: ["La mensajería está restringida", "si tu cuenta tiene avisos"],
  blocked_by_message_pending_review: ["está revisando la conversación", "Solo queda esperar"],
  blocked_by_return_to_buyer_fulfillment: ["El producto vuelve al comprador", "No tienes que enviar nada"],
  blocked_by_ai_assistant: ["El asistente de Mercado Libre atiende", "No hace falta responder"],
  blocked_by_ai_assistant_expired: ["La conversación con el asistente venció", "aparece en la bandeja"],
  blocked_by_ai_assistant_contact_closed: ["El asistente cerró la consulta", "aparece en la bandeja"],
  block_by_ai_assistant_initiated_by_seller_expired: [
    "Venció tu contacto con el asistente",
    "Si el tema sigue pendiente",
  ],
  blocked_by_resale: ["producto de reventa", "Sigue la venta"],
  blocked_by_proximity_groceries: ["Entrega inmediata de supermercado", "Sigue la entrega"],
  blocked_by_guest_shops: ["El comprador compró como invitado", "Si hay datos de contacto"],
  blocked_by_claim: ["Hay un reclamo abierto", "Responde en el reclamo"],
  blocked_by_something_new: ["Bloqueada por Mercado Libre", "Mira la venta en Mercado Libre"],
};

test("explains every block as it comes over one open conversation, one that nobody knows too, and the draft survives them all", async ({
  page,
  openShop,
  sandbox,
}) => {
  // Some thirty states, one after the other.
  test.slow();
  const seller = await openShop({
    threads: [{ messages: [{ from: "buyer", text: "¿Cuándo llega?" }], claimIds: ["5291847301"] }],
  });
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  await thread.open(packId);
  await thread.field.fill("Llega el lunes");
  const told = page.getByRole("status").filter({ hasText: "La conversación se" });
  for (const [code, [title, now]] of Object.entries(BLOCKS)) {
    await test.step(code, async () => {
      await sandbox.setState(packId, { status: "blocked", substatus: code });
      await thread.refresh.click();
      await expect(thread.banner).toHaveAttribute("data-substatus", code);
      await expect(thread.banner).toContainText(title);
      await expect(thread.banner).toContainText(`Qué hacer ahora: `);
      await expect(thread.banner).toContainText(now);
      await expect(thread.banner).toContainText(code);
      await expect(told).toContainText(title);
      await expect(thread.field).toHaveValue("Llega el lunes");
      await expect(thread.field).toBeDisabled();
      await expect(thread.send).toHaveCount(0);
      if (now.includes("en el reclamo")) {
        await expect(thread.banner).toContainText("Reclamo 5291847301");
      }
    });
  }
  // The buyer has written, says this one: the composer is the way (messages.md 4.1).
  const substatus = "blocked_by_conversation_use_message_api";
  await sandbox.setState(packId, { status: "blocked", substatus });
  await thread.refresh.click();
  await expect(thread.banner).toHaveCount(0);
  await expect(told).toContainText("La conversación se abrió");
  await expect(thread.field).toHaveValue("Llega el lunes");
  await sandbox.setState(packId, { status: "active" });
  await thread.refresh.click();
  await expect(thread.field).toBeEditable();
  await thread.send.click();
  await expect(thread.mine("Llega el lunes")).toContainText("Entregado");
});

test("leads a person who is writing to what closed the conversation, and back into the field when it opens", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [{ messages: [{ from: "buyer", text: "¿Lo cambian?" }] }] });
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  await thread.open(packId);
  await thread.field.fill("Sí, te ");
  await expect(thread.field).toBeFocused();
  // What comes from elsewhere brings the new state with it: nobody touches this page.
  await sandbox.setState(packId, { status: "blocked", substatus: "blocked_by_claim" });
  await sandbox.sellerWrites({ packId, text: "Hola, ya te leo" });
  await expect(thread.banner).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "Hay un reclamo abierto" })).toContainText(
    "Guardamos lo que escribiste",
  );
  await expect(thread.field).toHaveValue("Sí, te ");
  await sandbox.setState(packId, { status: "active" });
  await sandbox.sellerWrites({ packId, text: "Ahora sí" });
  await expect(thread.field).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type("lo cambiamos");
  await expect(thread.field).toHaveValue("Sí, te lo cambiamos");
});

test("keeps in sight what was typed when the conversation is blocked meanwhile, and gives it back when it opens", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [{ messages: [{ from: "buyer", text: "¿Cuándo llega?" }] }] });
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  await thread.open(packId);
  await thread.field.fill("Llega el lunes");
  await sandbox.setState(packId, { status: "blocked", substatus: "blocked_by_mediation" });
  await thread.refresh.click();
  await expect(thread.banner).toHaveAttribute("data-substatus", "blocked_by_mediation");
  await expect(thread.banner).toContainText("Hay una mediación en curso");
  await expect(new InboxScreen(page).row(/¿Cuándo llega/)).toContainText("Bloqueado");
  await expect(thread.banner).toContainText("Guardamos lo que escribiste");
  await expect(thread.field).toHaveValue("Llega el lunes");
  await expect(thread.field).toBeDisabled();
  await expect(thread.send).toHaveCount(0);
  await page.reload();
  await expect(thread.field).toHaveValue("Llega el lunes");
  await sandbox.setState(packId, { status: "active" });
  await thread.refresh.click();
  await expect(thread.field).toBeEditable();
  await thread.send.click();
  await expect(thread.mine("Llega el lunes")).toContainText("Entregado");
});

test("says why a reply could not leave when the conversation was blocked before it was sent", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [{ messages: [{ from: "buyer", text: "¿Tenés otro color?" }] }] });
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  await thread.open(packId);
  await thread.field.fill("Sí, en azul");
  await sandbox.setState(packId, { status: "blocked", substatus: "blocked_by_buyer" });
  await thread.send.click();
  await expect(thread.mine("Sí, en azul")).toContainText("No se envió: la conversación está bloqueada");
  await expect(thread.mine("Sí, en azul")).toContainText("El texto sigue guardado");
  await expect(thread.banner).toHaveAttribute("data-substatus", "blocked_by_buyer");
  expect(await sandbox.sent(packId)).toEqual([]);
});
