import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { count } from "@/lib/server/metrics/count";
import { CALLS_KEPT, listCalls } from "@/lib/server/store/call-recorder";
import { readTotals } from "@/lib/server/store/counters";
import { migrate } from "@/lib/server/store/migrate";
import { accountId } from "@/lib/shared/ids";
import { type RestartableServer, startRestartableServer } from "@/scripts/soak/restartable-server";
import { readEnv } from "./env";
import { createRuntime, type Runtime } from "./runtime";

const SELLER = accountId("1");
const logged: string[] = [];
const unhandled: unknown[] = [];

let server: RestartableServer;
let rt: Runtime;

beforeAll(async () => {
  process.on("unhandledRejection", (error) => unhandled.push(error));
  server = await startRestartableServer();
  await migrate(server.url);
  const { write } = process.stdout;
  vi.spyOn(process.stdout, "write").mockImplementation((chunk: unknown, ...rest: unknown[]) => {
    if (String(chunk).startsWith('{"level"')) logged.push(String(chunk));
    else Reflect.apply(write, process.stdout, [chunk, ...rest]);
    return true;
  });
  rt = createRuntime(
    readEnv({
      DATABASE_URL: server.url,
      MELI_CLIENT_ID: "1",
      MELI_CLIENT_SECRET: "secret",
      NEXTAUTH_SECRET: "a-secret-of-sixteen",
      TOKEN_KEY: Buffer.alloc(32, 7).toString("base64"),
      MELI_READS_PER_MINUTE: "60000",
    }),
    "worker",
  );
  await rt.database.pool.query(
    "insert into accounts (id, site_id, profile, nickname) values ('1', 'MLA', 'LOCAL', 'TIENDA')",
  );
}, 240_000);
afterAll(async () => {
  await rt.close();
  await server.stop();
  vi.restoreAllMocks();
});

it("survives PostgreSQL's restarts: every draw is answered, nothing counted is lost, each trouble is told once", async () => {
  let isOver = false;
  let granted = 0;
  const failed: unknown[] = [];
  const drawer = async (account: string) => {
    const budget = rt.budgets.of(accountId(account));
    while (!isOver) {
      try {
        await budget.take({ family: "messages", kind: "read", lane: "reply" });
        granted += 1;
      } catch (error) {
        failed.push(error);
      }
      count("test_drawn");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  let recorded = 0;
  const recorder = setInterval(() => {
    recorded += 1;
    rt.calls.record({
      accountId: SELLER,
      at: new Date(),
      method: "GET",
      path: `/n/${recorded}`,
      readFlag: null,
      status: 200,
      ms: 1,
      requestId: null,
    });
  }, 100);
  const drawers = ["1", "1", "2", "3"].map(drawer);

  for (let restarts = 0; restarts < 2; restarts += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const before = granted;
    await server.restart();
    await vi.waitFor(() => expect(granted).toBeGreaterThan(before + 20), { timeout: 30_000 });
  }
  clearInterval(recorder);
  isOver = true;
  await Promise.all(drawers);
  expect(failed).toEqual([]);
  expect(unhandled).toEqual([]);

  await vi.waitFor(
    async () => {
      await rt.counts.flush();
      await rt.calls.flush();
      const drawn = (await readTotals(rt.db)).find(({ name }) => name === "test_drawn");
      // A flush whose answer was cut off may have counted twice; none is lost.
      expect(drawn?.value).toBeGreaterThanOrEqual(granted);
      const paths = new Set((await listCalls(rt.db, [SELLER])).map(({ path }) => path));
      expect(paths.size).toBe(Math.min(recorded, CALLS_KEPT));
    },
    { timeout: 30_000, interval: 200 },
  );
  // One line per trouble and restart, and those of the connections that were open.
  expect(logged.some((line) => line.includes("rate budget waits"))).toBe(true);
  const told = (what: string) => logged.filter((line) => line.includes(what)).length;
  expect(told("rate budget waits")).toBeLessThanOrEqual(3);
  expect(told("counters not written")).toBeLessThanOrEqual(2);
  expect(told("call log not written")).toBeLessThanOrEqual(2);
}, 180_000);
