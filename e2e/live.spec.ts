import type { BrowserContext, Page, Request } from "@playwright/test";
import { layCable } from "@/e2e/fixtures/cable";
import type { SandboxControl, ThreadSeed } from "@/e2e/fixtures/sandbox";
import { expect, test } from "@/e2e/fixtures/test";
import { within } from "@/e2e/fixtures/within";
import { InboxScreen } from "@/e2e/screens/inbox";
import { SettingsScreen } from "@/e2e/screens/settings";
import { ThreadScreen } from "@/e2e/screens/thread";

const said = (text: string, minutesAgo: number): ThreadSeed => ({
  messages: [{ from: "buyer", text, minutesAgo }],
});

const LIVE = "En vivo: lo nuevo aparece solo";

/** The page's line to the server is open: from here on it asks for nothing by itself. */
const live = (page: Page) => expect(page.getByText(LIVE)).toBeAttached();

/** Requests of a path that a browser made from now on. */
function counted(context: BrowserContext, path: string): Request[] {
  const seen: Request[] = [];
  context.on("request", (request) => {
    if (new URL(request.url()).pathname === path) seen.push(request);
  });
  return seen;
}

/** The buyer writes, and our server reads it: by its notification, or because somebody opens the conversation. */
async function arrives(page: Page, sandbox: SandboxControl, packId: string, text: string): Promise<void> {
  await sandbox.buyerWrites({ packId, text });
  const answer = await page.request.post(`/api/threads/messages/${packId}/refresh`, {
    data: {},
    headers: { origin: new URL(page.url()).origin },
  });
  expect(answer.ok()).toBe(true);
}

test("shows a buyer's message without a reload: in the list, the conversation, the title and the icon", async ({
  page,
  openShop,
  sandbox,
}) => {
  const seller = await openShop({ threads: [said("La de arriba", 10), said("La de abajo", 20)] });
  const [first, second] = seller.threads.map(({ packId }) => packId);
  const inbox = new InboxScreen(page);
  await expect(inbox.rows).toHaveText([/La de arriba/, /La de abajo/]);
  await live(page);
  await expect(page).toHaveTitle("(2) Bandeja · Buzón");

  await arrives(page, sandbox, second ?? "", "¿Llega mañana?");
  await expect(inbox.rows).toHaveText([/¿Llega mañana\?/, /La de arriba/], within(2_000));
  const icon = page.locator("link[rel=icon]").last();
  await expect(icon).toHaveAttribute("href", /^data:image\/svg\+xml,.*%3E2%3C/);

  await inbox.row(/La de arriba/).click();
  const thread = new ThreadScreen(page);
  await expect(thread.message("La de arriba")).toBeVisible();
  await expect(page).toHaveTitle(/^\(1\) /);
  await arrives(page, sandbox, first ?? "", "Y otra cosa");
  await expect(thread.message("Y otra cosa")).toBeVisible(within(2_000));
  await expect(inbox.row(/Y otra cosa/)).toBeVisible();
});

test("asks for nothing while nothing happens", async ({ page, openShop }) => {
  await openShop({ threads: [said("Nada más", 10)] });
  await expect(new InboxScreen(page).row(/Nada más/)).toBeVisible();
  await live(page);
  const summaries = counted(page.context(), "/api/summary");
  const lists = counted(page.context(), "/api/inbox");
  const lines = counted(page.context(), "/api/events");
  // Longer than the pace at which a page without a line asks.
  await page.waitForTimeout(9_000);
  // Only a line that broke, and comes back, asks what it has missed.
  const asked = Math.max(summaries.length, lists.length);
  await expect.poll(() => lines.length).toBeGreaterThanOrEqual(asked);
});

test("has one line for all tabs of a browser, and another tab takes it over", async ({
  page,
  context,
  openShop,
  sandbox,
}) => {
  const lines = counted(context, "/api/events");
  const linesOf = (tab: Page) => lines.filter((line) => line.frame().page() === tab);
  const over = new Set<Request>();
  context.on("requestfailed", (line) => over.add(line));
  context.on("requestfinished", (line) => over.add(line));
  const seller = await openShop({ threads: [said("Para las dos", 10)] });
  const packId = seller.threads[0]?.packId ?? "";
  await expect(new InboxScreen(page).row(/Para las dos/)).toBeVisible();
  await live(page);
  const second = await context.newPage();
  await second.goto("/inbox");
  await live(second);
  expect(linesOf(second)).toHaveLength(0);
  await expect.poll(() => linesOf(page).filter((line) => !over.has(line))).toHaveLength(1);

  await arrives(page, sandbox, packId, "Se ve en las dos");
  for (const tab of [page, second]) {
    await expect(new InboxScreen(tab).row(/Se ve en las dos/)).toBeVisible(within(2_000));
  }
  expect(linesOf(second)).toHaveLength(0);
  await page.close();
  await expect.poll(() => linesOf(second).length).toBeGreaterThan(0);
  await live(second);
  await arrives(second, sandbox, packId, "Y sigue");
  await expect(new InboxScreen(second).row(/Y sigue/)).toBeVisible(within(2_000));
});

test("says when the network is gone, and catches up by itself when it is back", async ({
  page,
  openShop,
  newPage,
  signIn,
  sandbox,
  watch,
}) => {
  watch.allow(
    /ERR_(PROXY_CONNECTION_FAILED|EMPTY_RESPONSE|CONNECTION_\w+|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED_ENCODING)/,
  );
  const seller = await openShop({ threads: [said("Antes del corte", 10)] });
  const packId = seller.threads[0]?.packId ?? "";
  const cable = await layCable();
  const away = await newPage({ proxy: cable.proxy });
  await signIn(away, seller);
  const inbox = new InboxScreen(away);
  await expect(inbox.row(/Antes del corte/)).toBeVisible();
  await live(away);

  cable.pull();
  await expect(away.getByText(/^Sin conexión\. /)).toBeVisible();
  await arrives(page, sandbox, packId, "Mientras no había red");
  await expect(new InboxScreen(page).row(/Mientras no había red/)).toBeVisible();
  await expect(inbox.row(/Antes del corte/)).toBeVisible();
  // What cannot be had now does not take away what is open.
  const asked = away.waitForEvent("requestfailed", (request) => request.url().endsWith("/api/health"));
  await away.getByRole("link", { name: "Ajustes" }).click();
  await asked;
  cable.plug();
  await expect(inbox.row(/Mientras no había red/)).toBeVisible();
  await live(away);
  await expect(away.getByText(/^Sin conexión\. /)).toBeHidden();
  await cable.close();
});

test("ends with its session, also when that is ended from another browser", async ({
  page,
  openShop,
  newPage,
  signIn,
  watch,
}) => {
  watch.allow(/401 \(Unauthorized\)/);
  const seller = await openShop({ threads: [said("Hola", 10)] });
  await expect(new InboxScreen(page).row(/Hola/)).toBeVisible();
  await live(page);
  const elsewhere = await newPage();
  await signIn(elsewhere, seller);
  const settings = new SettingsScreen(elsewhere);
  await settings.open();
  await settings.signOutEverywhere.click();
  await expect(elsewhere).toHaveURL(/\/$/);
  await expect(page).toHaveURL(/\/$/, within(3_000));
});
