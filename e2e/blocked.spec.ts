import { expect, test } from "@/e2e/fixtures/test";
import { InboxScreen } from "@/e2e/screens/inbox";
import { ThreadScreen } from "@/e2e/screens/thread";

/** Every code of messages.md 6, in the spellings seen on the wire. */
const CODES = [
  "blocked_by_time",
  "blocked_by_buyer",
  "blocked_by_mediation",
  "bloqued_by_mediation",
  "blocked_by_mediation_fbm",
  "blocked_by_fulfillment",
  "blocked_by_payment",
  "blocked_by_conversation_initiated_by_seller",
  "blocked_by_conversation_initiated_by_seller_limited",
  "blocked_by_conversation_use_message_api",
  "blocked_by_cancelled_order",
  "blocked_by_cancelled_order_by_fraud",
  "blocked_by_cancelled_order_hidden",
  "blocked_by_conversation_expired",
  "blocked_by_refund",
  "blocked_by_claim_change_open",
  "blocked_by_claim_change_closed",
  "blocked_by_deactivated_account",
  "blocked_by_restrictions",
  "blocked_by_message_pending_review",
  "blocked_by_return_to_buyer_fulfillment",
  "blocked_by_ai_assistant",
  "blocked_by_ai_assistant_expired",
  "blocked_by_ai_assistant_contact_closed",
  "block_by_ai_assistant_initiated_by_seller_expired",
  "blocked_by_resale",
  "blocked_by_proximity_groceries",
  "blocked_by_guest_shops",
  "blocked_by_claim",
];
const UNKNOWN = "blocked_by_something_new";

test("explains every block that Mercado Libre names, and closes the composer safely on one it does not", async ({
  page,
  openShop,
}) => {
  // Some thirty conversations, one after the other.
  test.slow();
  const codes = [UNKNOWN, ...CODES];
  const seller = await openShop({
    threads: codes.map((substatus) => ({
      status: "blocked" as const,
      substatus,
      messages: [{ from: "buyer" as const, text: `Hola por ${substatus}` }],
    })),
  });
  const thread = new ThreadScreen(page);
  const explanations = new Map<string, string>();
  for (const [index, code] of codes.entries()) {
    await test.step(code, async () => {
      // What the server renders is the whole page: no need to wait for its scripts each time.
      await page.goto(`/inbox/messages/${seller.threads[index]?.packId}`, { waitUntil: "commit" });
      await expect(thread.banner).toHaveAttribute("data-substatus", code);
      await expect(thread.banner).toContainText(code);
      await expect(thread.field).toHaveCount(0);
      await expect(thread.send).toHaveCount(0);
      explanations.set(code, ((await thread.banner.textContent()) ?? "").replace(code, "").trim());
    });
  }
  const unknown = explanations.get(UNKNOWN) ?? "";
  expect(unknown).toContain("todavía no conocemos");
  for (const code of CODES) {
    const words = explanations.get(code) ?? "";
    expect(words, code).not.toBe(unknown);
    expect(words.length, code).toBeGreaterThan(40);
  }
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
