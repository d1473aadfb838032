import { expect, test } from "@/e2e/fixtures/test";
import { InboxScreen } from "@/e2e/screens/inbox";
import { ThreadScreen } from "@/e2e/screens/thread";

const AGENT = { isAgent: true, buyerName: "Rafael Lima", product: { title: "Furadeira" } };

test("says until when Mercado Libre's assistant must be answered, on the row and over the conversation, until it is", async ({
  page,
  openShop,
}) => {
  const seller = await openShop({
    siteId: "MLB",
    threads: [{ ...AGENT, messages: [{ from: "buyer", text: "Acompanha maleta?", minutesAgo: 60 }] }],
  });
  const inbox = new InboxScreen(page);
  const thread = new ThreadScreen(page);
  await expect(inbox.row(/Furadeira/)).toContainText(/Responder en \d+ [hd]/);
  await thread.open(seller.threads[0]?.packId ?? "");
  const line = page.getByText("El asistente de Mercado Libre está en esta conversación.");
  await expect(line).toContainText(/Plazo para responder: .*\d\d:\d\d \(48 horas hábiles\)/);
  await expect(page.getByRole("banner").or(page.locator("header"))).toContainText([/responder en \d+ [hd]/i]);
  await thread.field.fill("Sim, acompanha");
  await thread.send.click();
  await expect(thread.mine("Sim, acompanha")).toContainText("Entregado");
  await expect(line).not.toContainText("Plazo");
  await expect(inbox.row(/Furadeira/)).toContainText("Respondido");
});

test("says that the 48 hours are over while Mercado Libre has not closed the conversation yet", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({
    siteId: "MLB",
    threads: [{ ...AGENT, messages: [{ from: "buyer", text: "Oi?", minutesAgo: 60 * 24 * 6 }] }],
  });
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  await thread.open(packId);
  await expect(thread.banner).toBeVisible();
  await sandbox.setState(packId, { status: "active" });
  await thread.refresh.click();
  await expect(page.getByText("Pasaron las 48 horas hábiles")).toBeVisible();
  await expect(new InboxScreen(page).row(/Furadeira/)).toContainText("Plazo vencido");
});
