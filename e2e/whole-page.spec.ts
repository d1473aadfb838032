import type { Page } from "@playwright/test";
import { layCable } from "@/e2e/fixtures/cable";
import { expect, test } from "@/e2e/fixtures/test";

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
