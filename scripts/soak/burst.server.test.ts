import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { sendNotices } from "@/scripts/bench/send-notices";
import { freePort } from "@/scripts/launcher/postgres/cluster";
import { createHouse, type House } from "@/scripts/testing/house";
import { type Doomed, startDoomed, WORKER } from "./doomed";
import { openProxy, type RoundRobin } from "./proxy";
import { until } from "./until";

const SECONDS = 4;
const Written = z.object({ messageId: z.string() });

let house: House;
let proxy: RoundRobin;
let sellerId: string;
let packId: string;
const gates: Doomed[] = [];
const ports: number[] = [];

const gate = (n: number) => startDoomed("scripts/soak/gate-process.ts", {}, [String(ports[n])]);
const isUp = (n: number) =>
  until(
    () =>
      fetch(`http://127.0.0.1:${ports[n]}/`, { method: "POST" }).then(
        () => true,
        () => false,
      ),
    30_000,
  );

beforeAll(async () => {
  house = await createHouse();
  sellerId = await house.newSeller();
  packId = await house.newThread(sellerId, { messages: [{ from: "buyer", text: "Hola", minutesAgo: 9 }] });
  await house.signIn(sellerId);
  ports.push(await freePort(), await freePort());
  gates.push(gate(0), gate(1));
  await Promise.all([isUp(0), isUp(1)]);
  proxy = await openProxy(ports.map((port) => `http://127.0.0.1:${port}`));
});
afterAll(async () => {
  await Promise.all(gates.map((one) => one.kill()));
  await proxy.close();
  await house.close();
});

it("stores every notification of a burst that it acknowledged, over two processes of which one is killed", async () => {
  const load = sendNotices({
    url: `${proxy.url}/api/notifications`,
    connections: 32,
    seconds: SECONDS,
    perSecond: 250,
    userId: sellerId,
    applicationId: "1000000000000001",
    messageIds: [],
    page: null,
  });
  await sleep(2_000);
  await gates[0]?.kill();
  const { acknowledged, times } = await load;
  const { rows } = await house.rt.database.pool.query(
    "select count(distinct notice_id) as count from notices where notice_id = any($1)",
    [acknowledged],
  );
  expect(times).toHaveLength(SECONDS * 250);
  // Those under way at the moment of the kill were not acknowledged: Mercado Libre sends them again.
  expect(acknowledged.length).toBeGreaterThan(SECONDS * 250 * 0.9);
  expect(Number(rows[0]?.count)).toBe(acknowledged.length);
}, 180_000);

it("takes messages in while of two workers and two web processes one each is killed", async () => {
  await house.control("/notifications", { callbackUrl: `${proxy.url}/api/notifications` });
  const workers = [startDoomed(WORKER), startDoomed(WORKER)];
  const ids: string[] = [];
  const write = async (n: number) => {
    for (let at = 0; at < n; at += 1) {
      const text = `Consulta ${ids.length}`;
      ids.push(Written.parse(await house.control("/buyer/message", { packId, text })).messageId);
      await sleep(60);
    }
  };
  try {
    await write(15);
    const dying = [workers[1]?.kill(), gates[1]?.kill()];
    gates.push(gate(0));
    await write(15);
    await Promise.all(dying);
    await isUp(0);
    await house.control("/notifications/flush", {});
    const isStored = async () => {
      const { rows } = await house.rt.database.pool.query(
        "select count(*) as count from messages where id = any($1) and noticed_at is not null",
        [ids],
      );
      return Number(rows[0]?.count) === ids.length;
    };
    expect(await until(isStored, 40_000)).toBe(true);
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
  }
}, 240_000);
