import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures/test";
import { SettingsScreen } from "@/e2e/screens/settings";

const HEADLINE = { es: /en un solo lugar/, pt: /em um só lugar/, en: /in one place/ } as const;
/** A key of the words where words should stand: `inbox.title`, `thread.truth.read`. */
const KEY = /\b(inbox|thread|composer|blocks|shell|signin|settings|status|errors|crash)\.[a-z_]+/;

for (const [header, lang, words] of [
  ["es-MX,es;q=0.9,en;q=0.5", "es", "es"],
  ["pt-BR,pt;q=0.9,es;q=0.5", "pt-BR", "pt"],
  ["en-US,en;q=0.9", "en", "en"],
  ["de-DE,pt;q=0.4,en;q=0.2", "pt-BR", "pt"],
  ["de-DE", "es", "es"],
  [null, "es", "es"],
] as const) {
  test(`speaks ${words} to a browser that asks for ${header ?? "nothing"}`, async ({ request }) => {
    const answer = await request.get("/", { headers: { "accept-language": header ?? "" } });
    const html = await answer.text();
    expect(html).toContain(`<html lang="${lang}"`);
    expect(html).toMatch(HEADLINE[words]);
  });
}

async function expectWords(page: Page, lang: string): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", lang);
  expect(await page.getByRole("main").textContent()).not.toMatch(KEY);
  expect(await page.content()).not.toMatch(/MISSING_MESSAGE/);
}

test("takes the seller's setting over the browser's language, on every page and after signing out", async ({
  page,
  openShop,
  watch,
}) => {
  // Every page in three languages: half a minute where nothing else runs.
  test.slow();
  watch.allow(/status of 404/);
  const seller = await openShop({
    threads: [
      {
        product: { title: "Mochila" },
        messages: [
          { from: "buyer", text: "Hola", minutesAgo: 9, attachments: [{ name: "a.png", type: "image/png" }] },
          { from: "seller", text: "bit.ly/x", moderation: { status: "rejected", reason: "LINK_SHORT_URL" } },
        ],
      },
      { status: "blocked", substatus: "blocked_by_time", messages: [{ from: "buyer", text: "Hola" }] },
    ],
  });
  const settings = new SettingsScreen(page);
  const pages = [
    "/inbox",
    ...seller.threads.map(({ packId }) => `/inbox/messages/${packId}`),
    "/inbox/claims",
    "/inbox/questions",
    "/leads",
    "/status",
    "/settings",
    "/nowhere",
  ];
  for (const [name, lang] of [
    ["Português", "pt-BR"],
    ["English", "en"],
    ["Español", "es"],
  ] as const) {
    await settings.open();
    await page.getByRole("radio", { name }).check();
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
    for (const path of pages) {
      await test.step(`${lang} ${path}`, async () => {
        await page.goto(path, { waitUntil: "domcontentloaded" });
        await expectWords(page, lang);
      });
    }
  }
  await settings.open();
  await page.getByRole("radio", { name: "English" }).check();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("button", { name: "Sign out", exact: true }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(HEADLINE.en);
});

test("lets who is signed out choose, also on the page of every problem", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Português" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(HEADLINE.pt);
  for (const problem of [
    "denied",
    "operator",
    "state",
    "expired_code",
    "not_allowed",
    "meli_down",
    "config",
    "wrong_account",
    "unknown",
    "<b>",
  ]) {
    await page.goto(`/?problem=${encodeURIComponent(problem)}`, { waitUntil: "domcontentloaded" });
    await expectWords(page, "pt-BR");
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  }
});
