import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { z } from "zod";
import { cookieName, sealSession } from "@/lib/server/accounts/session-cookie";
import { sessionId, userId } from "@/lib/shared/ids";
import { freePort } from "@/scripts/launcher/postgres/cluster";
import { startWorker } from "@/scripts/launcher/services";
import { requireBrowser } from "@/scripts/testing/browser";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { FOLDER, serve } from "./bench-app";
import { BROWSER_ARGS } from "./browser";
import { cpuSeconds } from "./cpu";
import { type Line, millis, percentile } from "./report";

const PER_SECOND = 4;
const STREAMS = 200;
/** A person has at most a hundred streams. */
const PEOPLE = 10;
const IDLE_SECONDS = 30;

/** From the moment before a buyer's message is written at Mercado Libre to the frame that shows it, in the open
 *  conversation and in the list; and what idle event streams cost. The rate limits are a hundred times the published
 *  ones: 500 messages in two minutes would otherwise measure the limit.
 *  @param folder a production build */
export async function benchLive(folder: string, messages = 240): Promise<Line[]> {
  const house = await createHouse();
  const sellerId = await house.newSeller();
  const packIds: string[] = [];
  for (let n = 0; n < 12; n += 1) {
    packIds.push(
      await house.newThread(sellerId, {
        messages: [{ from: "buyer", text: `Hola ${n}`, minutesAgo: 60 + n }],
      }),
    );
  }
  const me = await house.signIn(sellerId);
  const port = await freePort();
  const appUrl = `http://localhost:${port}`;
  const web = await serve(
    folder,
    port,
    { ...process.env, APP_URL: appUrl, NEXTAUTH_URL: appUrl },
    "/api/ready",
  );
  const worker = startWorker({ env: process.env, isDev: false, logs: FOLDER });
  const browser = await chromium.launch({
    executablePath: requireBrowser((line) => console.error(line)),
    args: BROWSER_ARGS,
  });
  try {
    await house.control("/notifications", { callbackUrl: `${appUrl}/api/notifications` });
    const conversation = await open(
      browser,
      appUrl,
      me,
      `/inbox/messages/${packIds[0]}`,
      '[role="log"] article',
    );
    const list = await open(browser, appUrl, me, "/inbox", 'a[href^="/inbox/messages/"]');
    const inThread = await paint(house, conversation, Math.ceil(messages / 2), () => packIds[0] ?? "");
    const inList = await paint(house, list, Math.floor(messages / 2), (n) => packIds[1 + (n % 11)] ?? "");
    const unpainted = [...inThread, ...inList].filter((ms) => ms === Number.POSITIVE_INFINITY).length;
    await browser.close();
    const cost = await idleStreams(house, me, appUrl, web.pid);
    return [
      millis("buyer's message written -> painted, conversation, p50", percentile(inThread, 0.5), null),
      millis("buyer's message written -> painted, list, p50", percentile(inList, 0.5), null),
      millis(
        `buyer's message written -> painted, p95 of ${messages}`,
        percentile([...inThread, ...inList], 0.95),
        500,
      ),
      { what: "  of them never painted", value: String(unpainted), budget: "0", isWithin: unpainted === 0 },
      {
        what: `${STREAMS} idle event streams, of one core over ${IDLE_SECONDS} s`,
        value: `${(cost * 100).toFixed(1)} %`,
        budget: "<= 20 %",
        isWithin: cost <= 0.2,
      },
    ];
  } finally {
    await browser.close();
    await Promise.all([worker.stop(3_000), web.stop(3_000)]);
    await house.close();
  }
}

async function open(
  browser: Browser,
  appUrl: string,
  as: SignedIn,
  path: string,
  shown: string,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const [name = "", value = ""] = as.cookie.split("=");
  await context.addCookies([{ name, value, url: appUrl }]);
  await context.route(/mlstatic\.com/, (route) => route.abort());
  const page = await context.newPage();
  await page.goto(`${appUrl}${path}`);
  await page.locator(shown).first().waitFor();
  // A text, not a function: what runs in the page must not carry what our loader adds to functions.
  await page.evaluate(`
    window.painted = {};
    const look = () => {
      for (const [mark] of document.body.innerText.matchAll(/medida-\\d+-[a-z]+/g)) {
        if (mark in window.painted) continue;
        window.painted[mark] = null;
        // The frame that holds it is painted when the next task runs.
        requestAnimationFrame(() => setTimeout(() => { window.painted[mark] = Date.now(); }));
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  `);
  // The stream is open and the first sync has come to its end.
  await sleep(4_000);
  return page;
}

/** Lets buyers write at a steady rate. @returns milliseconds from before the writing to after the frame, per message. */
async function paint(
  house: House,
  page: Page,
  count: number,
  packOf: (n: number) => string,
): Promise<number[]> {
  const salt = [...crypto.randomUUID()].filter((sign) => /[a-f]/.test(sign)).join("");
  const writtenAt = new Map<string, number>();
  for (let n = 0; n < count; n += 1) {
    const mark = `medida-${n}-${salt}`;
    writtenAt.set(mark, Date.now());
    await house.control("/buyer/message", { packId: packOf(n), text: `Pregunta ${mark}` });
    // Of the list a new message may push an older one out of sight: each has its moment.
    await sleep(1_000 / PER_SECOND - 5 + Math.random() * 10);
  }
  await sleep(2_000);
  const painted = z
    .record(z.string(), z.number().nullable())
    .parse(await page.evaluate<unknown>("window.painted"));
  return [...writtenAt].map(([mark, at]) => (painted[mark] ?? Number.POSITIVE_INFINITY) - at);
}

/** The part of one core that a web process takes while so many browsers listen and nothing happens. */
async function idleStreams(house: House, me: SignedIn, appUrl: string, pid: number): Promise<number> {
  const { rows } = await house.rt.database.pool.query(
    `with people as (
       insert into users (origin_account_id) select (990000000 + n)::text from generate_series(1, $2) n returning id
     ), members as (
       insert into memberships (user_id, account_id) select id, $1 from people
     )
     insert into sessions (user_id, expires_at)
     select id, now() + interval '1 day' from people, generate_series(1, $3) returning id, user_id`,
    [me.accountId, PEOPLE, STREAMS / PEOPLE],
  );
  const name = cookieName(house.rt.env, "session");
  const lines = await Promise.all(
    rows.map(async (row) => {
      const session = { userId: userId(String(row.user_id)), sessionId: sessionId(String(row.id)) };
      return listen(`${appUrl}/api/events`, `${name}=${await sealSession(house.rt.env, session)}`);
    }),
  );
  await sleep(3_000);
  const before = await cpuSeconds(pid);
  await sleep(IDLE_SECONDS * 1_000);
  const spent = (await cpuSeconds(pid)) - before;
  const open = lines.filter(({ isOpen }) => isOpen()).length;
  for (const line of lines) line.close();
  if (open !== STREAMS) throw new Error(`only ${open} of ${STREAMS} streams stayed open`);
  return spent / IDLE_SECONDS;
}

function listen(url: string, cookie: string): Promise<{ isOpen(): boolean; close(): void }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { headers: { cookie, accept: "text/event-stream" }, agent: false },
      (answer) => {
        if (answer.statusCode !== 200) return reject(new Error(`${url} answered ${answer.statusCode}`));
        let isOpen = true;
        answer.resume();
        answer.on("error", () => undefined);
        answer.on("close", () => {
          isOpen = false;
        });
        resolve({ isOpen: () => isOpen, close: () => asked.destroy() });
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}
