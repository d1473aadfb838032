import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { z } from "zod";
import { requireBrowser } from "@/scripts/testing/browser";
import { BROWSER_ARGS } from "./browser";
import { type Line, millis, percentile } from "./report";

/** Loads of each page; what is reported is the 75th percentile, as of visits in the field. */
const LOADS = 5;
const SLOWDOWN = 4;
const SETTLE_MS = 1_500;
const BETWEEN_MS = 150;
const LIBRARY = createRequire(import.meta.url)
  .resolve("web-vitals")
  .replace(/[^/]+$/, "web-vitals.iife.js");
// A text, not a function: what runs in the page must not carry what our loader adds to functions.
const WATCH = `
  window.vitals = { lcp: 0, inp: 0, cls: 0, slowest: "" };
  const all = { reportAllChanges: true };
  webVitals.onLCP(({ value }) => { window.vitals.lcp = value; }, all);
  webVitals.onCLS(({ value }) => { window.vitals.cls = value; }, all);
  webVitals.onINP(({ value, entries }) => {
    window.vitals.inp = value;
    window.vitals.slowest = entries.map(({ name }) => name).join(" ");
  }, { ...all, durationThreshold: 16 });
`;

/** In ms; `inp` 0: no interaction took the 16 ms from which a browser tells. */
const Vitals = z.object({
  lcp: z.number().positive(),
  inp: z.number(),
  cls: z.number(),
  slowest: z.string(),
});
type Vitals = z.infer<typeof Vitals>;

/** How soon the inbox shows itself, how soon it answers a hand, and how little of it moves by itself, with a processor four times
 *  slower: a day's work in short, at a desk and on a phone. Loading is over the loopback: of the network nothing is measured. */
export async function benchVitals(o: {
  appUrl: string;
  cookie: { name: string; value: string };
}): Promise<Line[]> {
  const browser = await chromium.launch({
    executablePath: requireBrowser((line) => console.error(line)),
    args: BROWSER_ARGS,
  });
  try {
    const lines: Line[] = [];
    for (const { name, viewport, hasTouch } of [
      { name: "desk", viewport: { width: 1_440, height: 900 }, hasTouch: false },
      { name: "phone", viewport: { width: 375, height: 812 }, hasTouch: true },
    ]) {
      const loads: Vitals[] = [];
      for (let n = 0; n <= LOADS; n += 1) {
        const one = await visit(browser, o, { viewport, hasTouch });
        // The first warms the server.
        if (n > 0) loads.push(one);
      }
      const p75 = (of: (one: Vitals) => number) => percentile(loads.map(of), 0.75);
      const cls = p75((one) => one.cls);
      const slowest = loads.toSorted((a, b) => b.inp - a.inp)[0]?.slowest ?? "";
      lines.push(
        millis(
          `largest contentful paint, ${name}, p75`,
          p75((one) => one.lcp),
          1_200,
        ),
        millis(
          `interaction to next paint, ${name}, p75 (${slowest})`,
          p75((one) => one.inp),
          50,
        ),
        {
          what: `cumulative layout shift, ${name}, p75`,
          value: cls.toFixed(4),
          budget: "<= 0.01",
          isWithin: cls <= 0.01,
        },
      );
    }
    return lines;
  } finally {
    await browser.close();
  }
}

async function visit(
  browser: Browser,
  o: { appUrl: string; cookie: { name: string; value: string } },
  device: { viewport: { width: number; height: number }; hasTouch: boolean },
): Promise<Vitals> {
  const context = await browser.newContext(device);
  try {
    await context.addCookies([{ ...o.cookie, url: o.appUrl }]);
    const page = await slowPage(context);
    await page.goto(`${o.appUrl}/inbox`);
    await page.locator(ROW).first().waitFor();
    await page.waitForTimeout(SETTLE_MS);
    await work(page, device.hasTouch);
    return Vitals.parse(await page.evaluate<unknown>("window.vitals"));
  } finally {
    await context.close();
  }
}

const ROW = 'a[href^="/inbox/messages/"]';

async function slowPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  // In one script: each has a scope of its own.
  await page.addInitScript(`${readFileSync(LIBRARY, "utf8")};${WATCH}`);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  return page;
}

/** Opens conversations, writes, narrows the list: each a hand's work with a pause after it. */
async function work(page: Page, isTouch: boolean): Promise<void> {
  const pause = () => page.waitForTimeout(BETWEEN_MS);
  for (let n = 0; n < 3; n += 1) {
    const row = page.locator(ROW).nth(n + 1);
    await (isTouch ? row.tap() : row.click());
    await page.locator('[role="log"] article').first().waitFor();
    await pause();
    const field = page.locator("form textarea").last();
    await (isTouch ? field.tap() : field.click());
    await page.keyboard.type("Hola, sale hoy", { delay: 40 });
    await pause();
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Backspace");
    await pause();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.locator(ROW).first().waitFor();
    await pause();
  }
  for (const channel of ["messages", "questions"]) {
    const link = page.locator(`nav a[href="/inbox/${channel}"]`).last();
    await (isTouch ? link.tap() : link.click());
    await page.waitForTimeout(SETTLE_MS / 3);
  }
}
