import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures/test";

/** A browser under test has no push service: its edge is made here, the permission and what `subscribe` answers. The worker
 *  is registered for real. */
async function giveEdge(
  page: Page,
  edge: { permission: "granted" | "denied" | "default"; service: boolean },
) {
  await page.addInitScript(({ permission, service }) => {
    let current: NotificationPermission = permission === "denied" ? "denied" : "default";
    Object.defineProperty(Notification, "permission", { get: () => current });
    Notification.requestPermission = async () => {
      current = permission;
      return permission;
    };
    const kept = "made-push-subscription";
    const made = (): PushSubscription | null => {
      const endpoint = localStorage.getItem(kept);
      if (endpoint === null) return null;
      current = permission;
      const json = { endpoint, keys: { p256dh: `B${"a".repeat(86)}`, auth: "a".repeat(22) } };
      return Object.assign(
        Object.create(PushSubscription.prototype, {
          endpoint: { value: endpoint },
          options: { value: { applicationServerKey: null } },
        }),
        {
          toJSON: () => json,
          unsubscribe: async () => {
            localStorage.removeItem(kept);
            return true;
          },
        },
      );
    };
    PushManager.prototype.getSubscription = async () => made();
    PushManager.prototype.subscribe = async () => {
      if (!service) throw new DOMException("Registration failed - push service error", "AbortError");
      localStorage.setItem(kept, `https://fcm.googleapis.com/fcm/send/${crypto.randomUUID()}`);
      const subscription = made();
      if (subscription === null) throw new Error("not kept");
      return subscription;
    };
    if (localStorage.getItem(kept) !== null) current = permission;
  }, edge);
}

const card = (page: Page) => page.getByRole("region", { name: "Notificaciones" });
const button = (page: Page, name: string) => card(page).getByRole("button", { name });

test("turns notifications on and off for this browser, and remembers", async ({ page, openShop }) => {
  await giveEdge(page, { permission: "granted", service: true });
  await openShop();
  await page.goto("/settings");
  await expect(card(page)).toContainText("Apagadas en este navegador.");
  await button(page, "Encender notificaciones").click();
  await expect(card(page)).toContainText("Encendidas en este navegador");
  const worker = await page.evaluate(
    async () => (await navigator.serviceWorker.getRegistration())?.active?.scriptURL,
  );
  expect(worker).toMatch(/\/sw\.js$/);
  await page.reload();
  await expect(card(page)).toContainText("Encendidas en este navegador");
  await button(page, "Apagar notificaciones").click();
  await expect(card(page)).toContainText("Apagadas en este navegador.");
  await expect(button(page, "Enviar una de prueba")).toBeHidden();
  await page.reload();
  await expect(card(page)).toContainText("Apagadas en este navegador.");
});

test("says what became of a test notification", async ({ page, openShop }) => {
  await giveEdge(page, { permission: "granted", service: true });
  await openShop();
  await page.goto("/settings");
  await button(page, "Encender notificaciones").click();
  // No test may leave this machine: what the server would answer is covered where a push service is at hand.
  const answers = ["sent", "unreachable", "gone"];
  await page.route("**/api/push/test", (route) => route.fulfill({ json: { outcome: answers.shift() } }));
  const press = button(page, "Enviar una de prueba");
  await press.click();
  await expect(card(page).getByRole("status")).toContainText("Enviada.");
  await press.click();
  await expect(card(page).getByRole("status")).toContainText("no responde");
  await press.click();
  await expect(card(page).getByRole("status")).toContainText("Enciéndelas otra vez");
  await expect(button(page, "Encender notificaciones")).toBeVisible();
});

for (const [what, permission, service, says] of [
  ["the browser has no push service", "granted", false, "no pudo conectarse"],
  ["the question was dismissed", "default", true, "no recibió tu permiso"],
  ["the permission is refused", "denied", true, "bloquea las notificaciones"],
] as const) {
  test(`explains itself when ${what}`, async ({ page, openShop }) => {
    await giveEdge(page, { permission, service });
    await openShop();
    await page.goto("/settings");
    if (permission !== "denied") await button(page, "Encender notificaciones").click();
    await expect(card(page)).toContainText(says);
    await expect(card(page)).not.toContainText("Encendidas");
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`is readable and usable on a phone, in ${colorScheme}`, async ({ page, openShop }) => {
    await page.setViewportSize({ width: 375, height: 812 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await giveEdge(page, { permission: "granted", service: true });
    await openShop();
    await page.goto("/settings");
    await button(page, "Encender notificaciones").click();
    await expect(button(page, "Enviar una de prueba")).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(375);
  });
}

test("serves the worker to anybody, fresh, and lets it talk to us alone", async ({ request }) => {
  const answer = await request.get("/sw.js", { maxRedirects: 0 });
  expect(answer.status()).toBe(200);
  expect(answer.headers()).toMatchObject({
    "content-type": expect.stringContaining("javascript"),
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "content-security-policy":
      "default-src 'none'; connect-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  });
});

test("shows what a push message brings, through the worker itself", async ({
  page,
  context,
  openShop,
  baseURL,
}) => {
  await context.grantPermissions(["notifications"], { origin: baseURL ?? "" });
  await giveEdge(page, { permission: "granted", service: true });
  await openShop();
  await page.goto("/settings");
  await button(page, "Encender notificaciones").click();
  await expect(button(page, "Enviar una de prueba")).toBeVisible();
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [one] = registrations;
      if (one !== undefined) resolve(one.registrationId);
    });
  });
  await devtools.send("ServiceWorker.enable");
  const url = "/inbox/messages/2000000000000001?account=1";
  const data = JSON.stringify({ title: "Lucía", body: "Mensaje nuevo · Lámpara", lang: "es", tag: url, url });
  await devtools.send("ServiceWorker.deliverPushMessage", {
    origin: baseURL ?? "",
    registrationId: await registered,
    data,
  });
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const notifications = await registration.getNotifications();
      return notifications.map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
    });
  await expect
    .poll(shown)
    .toEqual([{ title: "Lucía", body: "Mensaje nuevo · Lámpara", tag: url, lang: "es" }]);
});
