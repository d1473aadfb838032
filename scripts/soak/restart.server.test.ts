import { afterAll, beforeAll, expect, it } from "vitest";
import { createHouse, type House } from "@/scripts/testing/house";
import { failuresOf } from "./report";
import { runRestarts } from "./restart";
import { type RestartableServer, startRestartableServer } from "./restartable-server";

let server: RestartableServer;
let house: House;

beforeAll(async () => {
  server = await startRestartableServer();
  process.env.TEST_DATABASE_TEMPLATE_URL = await server.template();
  house = await createHouse();
});
afterAll(async () => {
  await house.close();
  await server.stop();
});

it("loses no notification and no reply when PostgreSQL restarts under load", async () => {
  const checks = await runRestarts(house, {
    restart: () => server.restart(),
    restarts: 1,
    everyMs: 2_500,
    waitsForSearches: false,
    perSecond: 20,
  });
  expect(failuresOf(checks)).toEqual([]);
}, 400_000);
