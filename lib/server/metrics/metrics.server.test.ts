import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addToTotals, readTotals } from "@/lib/server/store/counters";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { workOff } from "@/scripts/testing/outbox";
import { GAUGES, TOTALS } from "./catalogue";
import { count } from "./count";
import { createFlusher } from "./flusher";

const TOKEN = "a-token-for-the-scraper";

let house: House;
let sellerId: string;
let packId: string;
let as: SignedIn;

beforeAll(async () => {
  house = await createHouse({ METRICS_TOKEN: TOKEN });
  sellerId = await house.newSeller();
  packId = await house.newThread(sellerId, {
    buyerName: "Ana Duarte",
    messages: [{ from: "buyer", text: "¿Hay stock?", minutesAgo: 5 }],
  });
  as = await house.signIn(sellerId);
  await syncAccount(house.rt, as.accountId, new AbortController().signal);
  await house.call(`/api/threads/messages/${packId}/replies`, {
    as,
    method: "POST",
    body: { key: crypto.randomUUID(), text: "Sí, hay.", files: [] },
  });
  await workOff(house, packId);
});
afterAll(() => house.close());

const ask = (authorization?: string) =>
  house.call("/api/metrics", authorization === undefined ? {} : { headers: { authorization } });
const scrape = async () => (await ask(`Bearer ${TOKEN}`)).text();
/** The value of one series. */
const figure = (text: string, series: string) =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length),
  );

it("answers who has the token, and nobody else", async () => {
  expect((await ask()).status).toBe(401);
  expect((await ask(`Bearer ${TOKEN}x`)).status).toBe(401);
  expect((await ask(TOKEN)).status).toBe(401);
  const answer = await ask(`Bearer ${TOKEN}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

it("is not there without a token in the environment", async () => {
  const { rt } = house;
  const { metricsToken } = rt.env;
  rt.env.metricsToken = null;
  try {
    expect((await ask(`Bearer ${TOKEN}`)).status).toBe(404);
    expect((await ask("Bearer null")).status).toBe(404);
  } finally {
    rt.env.metricsToken = metricsToken;
  }
});

it("tells what happened: calls, reads, replies, requests", async () => {
  const text = await scrape();
  expect(figure(text, 'buzon_meli_calls_total{family="messages",kind="read",status="2xx"}')).toBeGreaterThan(
    1,
  );
  expect(figure(text, 'buzon_meli_calls_total{family="messages",kind="write",status="2xx"}')).toBe(1);
  expect(figure(text, 'buzon_conversation_reads_total{flagged="true"}')).toBeGreaterThan(0);
  expect(text).not.toContain('flagged="false"');
  expect(figure(text, 'buzon_replies_total{state="sent"}')).toBe(1);
  expect(figure(text, 'buzon_outbox_rows{state="queued"}')).toBe(0);
  expect(figure(text, "buzon_replies_doubled")).toBe(0);
  expect(figure(text, 'buzon_accounts{state="connected"}')).toBe(1);
  expect(figure(text, 'buzon_budget_factor{family="messages",kind="read"}')).toBe(1);
  const route = 'method="POST",route="/api/threads/[channel]/[externalId]/replies",status="2xx"';
  expect(figure(text, `buzon_http_requests_total{${route}}`)).toBe(1);
  expect(figure(text, `buzon_http_request_duration_seconds_count{${route}}`)).toBe(1);
  expect(figure(text, "buzon_event_streams")).toBe(0);
  expect(text).toMatch(/^process_cpu_seconds_total\{process="web"\} /m);
});

it("is text that Prometheus reads, each family once, and names nobody", async () => {
  const text = await scrape();
  const seen = new Set<string>();
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const type = /^# TYPE (\S+) (?:counter|gauge|histogram|summary)$/.exec(line)?.[1];
    if (type !== undefined) {
      expect(seen).not.toContain(type);
      seen.add(type);
    } else if (!line.startsWith("# HELP ")) {
      expect(line).toMatch(
        /^[a-z_][a-z0-9_]*(?:\{(?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)+\})? (?:[-+.e0-9]+|\+Inf|NaN)$/i,
      );
    }
  }
  for (const id of [sellerId, packId, as.userId, "Ana", "stock"]) expect(text).not.toContain(id);
});

it("shows a text that stands twice where it was sent once", async () => {
  await house.rt.database.pool.query(
    `insert into messages (thread_id, id, account_id, direction, author, from_user_id, text, visibility, created_at)
     select thread_id, 'twin', account_id, direction, author, from_user_id, text, visibility, created_at
     from messages where direction = 'out'`,
  );
  expect(figure(await scrape(), "buzon_replies_doubled")).toBe(1);
  await house.rt.database.pool.query("delete from messages where id = 'twin'");
});

it("takes an act on a claim for no reply without words", async () => {
  const { pool } = house.rt.database;
  await pool.query(
    `insert into outbox (account_id, thread_id, user_id, key, text, act, state)
     select account_id, thread_id, user_id, gen_random_uuid(), '', '{"kind":"refund"}', 'sent' from outbox limit 1`,
  );
  await pool.query(
    `insert into messages (thread_id, id, account_id, direction, author, from_user_id, text, visibility, created_at)
     select thread_id, 'photo' || n, account_id, direction, author, from_user_id, '', visibility, created_at
     from messages, generate_series(1, 2) n where direction = 'out'`,
  );
  expect(figure(await scrape(), "buzon_replies_doubled")).toBe(0);
  await pool.query("delete from messages where id like 'photo%'");
  await pool.query("delete from outbox where act is not null");
});

it("counts for all processes, and loses nothing while the database refuses", async () => {
  const { db } = house.rt;
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      addToTotals(db, [
        { name: "test_many", labels: 'who="a"', by: 1 },
        { name: "test_many", labels: `who="b${n % 2}"`, by: 2 },
      ]),
    ),
  );
  const many = (await readTotals(db)).filter(({ name }) => name === "test_many");
  expect(many.map(({ value }) => value)).toEqual([20, 20, 20]);

  const told: unknown[] = [];
  const flusher = createFlusher(db, (error) => told.push(error));
  await house.rt.database.pool.query("alter table counters rename to counters_gone");
  count("test_kept");
  await flusher.flush();
  count("test_kept");
  await flusher.flush();
  expect(told).toHaveLength(1);
  await house.rt.database.pool.query("alter table counters_gone rename to counters");
  await flusher.flush();
  flusher.stop();
  const kept = (await readTotals(db)).filter(({ name }) => name === "test_kept");
  expect(kept).toEqual([{ name: "test_kept", labels: "", value: 2 }]);
});

it("has every metric explained, and explains none that is not there", async () => {
  const text = await scrape();
  const page = await readFile("docs/metrics.md", "utf8");
  const explained = new Set([...page.matchAll(/`(buzon_[a-z_]+)/g)].map(([, name]) => name));
  const known = [
    ...Object.keys(TOTALS).map((name) => `buzon_${name}_total`),
    ...Object.keys(GAUGES).map((name) => `buzon_${name}`),
    "buzon_event_streams",
    "buzon_database_connections",
    "buzon_http_request_duration_seconds",
  ];
  for (const name of known) {
    expect(text).toContain(`# TYPE ${name} `);
    expect(explained).toContain(name);
  }
  for (const name of explained) expect(known).toContain(name);
});
