import type { Page } from "@playwright/test";
import { layCable } from "@/e2e/fixtures/cable";
import { expect, test } from "@/e2e/fixtures/test";
import { ThreadScreen } from "@/e2e/screens/thread";

/** How this page came about, once it is there: by an address, or by loading it again. */
async function came(page: Page): Promise<string | null> {
  const asked = page.evaluate(() => {
    const [entry] = performance.getEntriesByType("navigation");
    if (document.readyState !== "complete") return null;
    return entry instanceof PerformanceNavigationTiming ? entry.type : null;
  });
  // The page goes while it is asked.
  return asked.catch(() => null);
}

test("loads a page again that broke off on its way, and one of whose scripts did", async ({
  newPage,
  createSeller,
  signIn,
  watch,
}) => {
  // A page that was cut off gives up only after 20 s without anything more.
  test.slow();
  watch.allow(/net::ERR_/);
  const cable = await layCable();
  const page = await newPage({ proxy: cable.proxy });

  cable.cut(/^\/_next\/static\/chunks\/.*\.js$/);
  await page.goto("/");
  await expect.poll(() => came(page)).toBe("reload");
  await signIn(page, await createSeller());

  cable.cut(/^\/settings$/);
  await page.goto("/settings", { waitUntil: "commit" });
  await expect.poll(() => came(page), { timeout: 40_000 }).toBe("reload");
  await page.getByRole("radio", { name: "English" }).check();
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  await page.close();
  await cable.close();
});

test("moves nothing of a long conversation when the rest of its page comes later", async ({
  newPage,
  createSeller,
  signIn,
}) => {
  const cable = await layCable();
  const page = await newPage({ proxy: cable.proxy, viewport: { width: 1_440, height: 900 } });
  await page.addInitScript(() => {
    const moved: string[] = [];
    Reflect.set(window, "moved", moved);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const nodes: { node?: Node }[] = Reflect.get(entry, "sources");
        // What is read. The name of the buyer around it may come from the sale, which is read meanwhile.
        const inLog = nodes.filter(({ node }) => node?.parentElement?.closest('[role="log"]'));
        moved.push(...inLog.map(({ node }) => node?.textContent ?? ""));
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  const messages = Array.from({ length: 40 }, (_, index) => ({
    from: "buyer" as const,
    text: `Mensaje ${index + 1}: ${"palabras que van de un lado al otro ".repeat(8)}`,
    minutesAgo: 90 - index,
  }));
  const seller = await createSeller({ threads: [{ messages }] });
  await signIn(page, seller);
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  await page.goto(`/inbox/messages/${packId}`);
  await expect(thread.message("Mensaje 40:")).toBeVisible();

  const rest = cable.hold(/^\/inbox\/messages\//, "<article");
  await page.reload({ waitUntil: "commit" });
  await expect(thread.message("Mensaje 1:")).toBeVisible();
  await expect(page.getByRole("complementary")).toHaveCount(0);
  // From its end as far as it has come, before anything of the page is alive.
  await expect(thread.message("Mensaje 39:")).toBeInViewport();
  rest.letGo();
  await expect(page.getByRole("complementary")).toBeVisible();
  await expect(thread.message("Mensaje 40:")).toBeInViewport();
  expect(await page.evaluate(() => Reflect.get(window, "moved"))).toEqual([]);
  await page.close();
  await cable.close();
});
