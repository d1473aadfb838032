import type { Line } from "@/scripts/bench/report";
import type { House } from "@/scripts/testing/house";
import type { Check } from "./report";

export interface Run {
  about: string;
  /** It runs on the build of the benchmarks. */
  needsBuild?: boolean;
  /** @param folder that build */
  run(folder: string): Promise<Check[]>;
}

/** Only these browser tests, for another look at some (SOAK_SPECS="live.spec held.spec"). */
const SPECS = (process.env.SOAK_SPECS ?? "").split(" ").filter((name) => name !== "");
/** Of everything that is drawn by lot. */
const SEED = 20_261_122;
/** Twenty-four times the published limit for 288 times the pace: at the peaks there is more to read than it allows. */
const QUOTA_PER_MINUTE = 12_000;

/** The long runs, in their order. What one of them needs is loaded when it runs. */
export const RUNS: Record<string, Run> = {
  crash: {
    about: "Processes killed at every step",
    run: async () => (await import("./crash")).soakCrash(),
  },
  gap: {
    about: "Notifications lost, repeated and mixed",
    run: async () => {
      const { runGap } = await import("./gap");
      return inHouse({}, (house) =>
        runGap(house, { messages: 2_000, perSecond: 20, seed: SEED, hurry: false }),
      );
    },
  },
  burst: {
    about: "500 notifications a second",
    needsBuild: true,
    run: async (folder) => {
      const { benchNotices } = await import("@/scripts/bench/notices");
      return onOwnServer(async () => (await benchNotices(folder)).map(checkOf));
    },
  },
  live: {
    about: "From a buyer's message to the screen",
    needsBuild: true,
    run: async (folder) => (await (await import("@/scripts/bench/live")).benchLive(folder)).map(checkOf),
  },
  interleave: {
    about: "Two browsers, the seller's own app and the agent at once",
    run: async () => {
      const { soakInterleavings } = await import("./interleave");
      return inHouse({}, (house) => soakInterleavings(house, { count: 10_000, seed: SEED }));
    },
  },
  quota: {
    about: "A day of five accounts",
    run: async () => {
      const { runQuota } = await import("./quota");
      const limit = String(QUOTA_PER_MINUTE);
      return inHouse({ MELI_READS_PER_MINUTE: limit, MELI_WRITES_PER_MINUTE: limit }, (house) =>
        runQuota(house, { messages: 20_000, seconds: 300, readsPerMinute: QUOTA_PER_MINUTE }),
      );
    },
  },
  two: {
    about: "Two web and two worker processes, killed in turn",
    needsBuild: true,
    run: async (folder) => (await import("./two")).soakTwo(folder, SPECS),
  },
  restart: {
    about: "PostgreSQL restarts under load",
    run: async () => {
      const { runRestarts } = await import("./restart");
      const load = { restarts: 5, everyMs: 8_000, perSecond: 50, waitsForSearches: true };
      return onOwnServer((restart) => inHouse({}, (house) => runRestarts(house, { ...load, restart })));
    },
  },
};

/** A database and a simulator. */
async function inHouse(
  variables: Record<string, string>,
  run: (house: House) => Promise<Check[]>,
): Promise<Check[]> {
  const { createHouse } = await import("@/scripts/testing/house");
  const house = await createHouse(variables);
  try {
    return await run(house);
  } finally {
    await house.close();
  }
}

/** A PostgreSQL that writes through to the disk, and can be restarted. */
async function onOwnServer(run: (restart: () => Promise<void>) => Promise<Check[]>): Promise<Check[]> {
  const { startRestartableServer } = await import("./restartable-server");
  const server = await startRestartableServer();
  try {
    process.env.TEST_DATABASE_TEMPLATE_URL = await server.template();
    return await run(() => server.restart());
  } finally {
    await server.stop();
  }
}

const checkOf = ({ what, value, budget, isWithin }: Line): Check => ({
  what,
  target: budget ?? "",
  measured: value,
  isPassed: isWithin ?? true,
});
