import { gzipSync } from "node:zlib";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { requireBrowser } from "@/scripts/testing/browser";
import { type Line, millis, percentile } from "./report";

export const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];
const CLICKS = 30;
/** Long enough for whatever a page loads by itself after it is there. */
const SETTLE_MS = 2_500;

/** Bytes of JavaScript that a page loads by itself, gzip. */
async function scriptBytes(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  const bodies: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script" || !response.ok()) return;
    bodies.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await page.goto(url, { waitUntil: "load" });
  await page.waitForTimeout(SETTLE_MS);
  const sizes = await Promise.all(bodies);
  await page.close();
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Clicks a row and waits until its conversation was painted; in ms, from the click to after the frame. */
function clickToPainted(page: Page, id: string): Promise<number> {
  // A text, not a function: what runs in the page must not carry what our loader adds to functions.
  return page.evaluate<number>(`new Promise((resolve, reject) => {
    const link = document.querySelector('a[href^="/inbox/messages/${id}"]');
    if (link === null) return reject(new Error("no row ${id}"));
    const startedAt = performance.now();
    const look = () => {
      const isThere =
        document.querySelector('[role="log"] article') !== null &&
        [...document.querySelectorAll("header")].some((header) => header.textContent.includes("${id}"));
      if (!isThere) return requestAnimationFrame(look);
      // This frame holds it: it is painted when the next task runs.
      setTimeout(() => resolve(performance.now() - startedAt));
    };
    link.click();
    requestAnimationFrame(look);
  })`);
}

async function clicks(page: Page, o: { isPrefetched: boolean; skip: number }): Promise<number[]> {
  const rows = page.locator('a[href^="/inbox/messages/"]');
  const times: number[] = [];
  for (let n = 0; n < CLICKS; n += 1) {
    const hrefs = await rows.evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    const href = hrefs[(o.skip + n * 3) % hrefs.length] ?? "";
    const id = href.split("/").at(-1)?.split("?")[0] ?? "";
    if (o.isPrefetched) {
      const row = page.locator(`a[href^="/inbox/messages/${id}"]`);
      const fetched = page
        .waitForResponse((response) => response.url().includes(`/api/threads/messages/${id}`), {
          timeout: 2_000,
        })
        .catch(() => null);
      await row.hover();
      await fetched;
    }
    times.push(await clickToPainted(page, id));
    await page.mouse.wheel(0, 240);
    await page.waitForTimeout(120);
  }
  return times;
}

/** JavaScript of /inbox beyond a blank page, and how fast a conversation opens, on a signed-in browser. */
export async function benchBrowser(o: {
  appUrl: string;
  blankUrl: string;
  cookie: { name: string; value: string };
}): Promise<Line[]> {
  const browser = await chromium.launch({
    executablePath: requireBrowser((line) => console.error(line)),
    args: BROWSER_ARGS,
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies([{ ...o.cookie, url: o.appUrl }]);
    const blank = await scriptBytes(context, o.blankUrl);
    const inbox = await scriptBytes(context, `${o.appUrl}/inbox`);
    const beyond = (inbox - blank) / 1000;
    const page = await context.newPage();
    await page.goto(`${o.appUrl}/inbox`);
    await page.locator('a[href^="/inbox/messages/"]').first().waitFor();
    await page.waitForTimeout(SETTLE_MS);
    const cold = await clicks(page, { isPrefetched: false, skip: 1 });
    const warm = await clicks(page, { isPrefetched: true, skip: 0 });
    return [
      {
        what: "JavaScript on /inbox beyond a blank page, gzip",
        value: `${beyond.toFixed(1)} kB (${(inbox / 1000).toFixed(1)} - ${(blank / 1000).toFixed(1)})`,
        budget: "<= 70 kB",
        isWithin: beyond <= 70,
      },
      millis("click on a row -> painted, prefetched, p50", percentile(warm, 0.5), null),
      millis("click on a row -> painted, prefetched, p95", percentile(warm, 0.95), 50),
      millis("click on a row -> painted, cold, p50", percentile(cold, 0.5), null),
      millis("click on a row -> painted, cold, p95", percentile(cold, 0.95), 150),
    ];
  } finally {
    await browser.close();
  }
}
