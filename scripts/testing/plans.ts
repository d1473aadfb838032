import pg from "pg";
import { z } from "zod";
import { createRuntime, type Runtime } from "@/lib/server/runtime";
import type { House } from "./house";

const Explained = z.looseObject({ "Query Text": z.string(), Plan: z.unknown() });

/** A runtime whose PostgreSQL tells the plan of every statement that it really ran. */
export interface Explainer {
  rt: Runtime;
  /** The tables that were read from end to end while `run` ran, and how many plans were seen. */
  scannedBy(run: () => Promise<unknown>): Promise<{ tables: string[]; plans: number }>;
  close(): Promise<void>;
}

/** Plans come from auto_explain, over the connection itself: nothing is asked twice and no planner switch is touched. */
export async function createExplainer(house: House): Promise<Explainer> {
  const plans: string[] = [];
  const options =
    "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_format=json -c client_min_messages=log";
  const url = new URL(house.rt.env.databaseUrl);
  url.searchParams.set("options", options);
  const rt = createRuntime({ ...house.rt.env, databaseUrl: url.href }, "web");
  rt.database.pool.on("connect", (client) => {
    if (client instanceof pg.Client) client.on("notice", ({ message = "" }) => plans.push(message));
  });
  return {
    rt,
    async scannedBy(run) {
      plans.length = 0;
      await run();
      const explained = plans.flatMap((message) => {
        const json = /plan:\n([\s\S]*)$/.exec(message)?.[1];
        return json === undefined ? [] : [Explained.parse(JSON.parse(json)).Plan];
      });
      return { tables: [...new Set(explained.flatMap(seqScans))].toSorted(), plans: explained.length };
    },
    close: () => rt.database.close(),
  };
}

/** The tables that a plan reads from end to end. */
function seqScans(plan: unknown): string[] {
  if (Array.isArray(plan)) return plan.flatMap(seqScans);
  if (typeof plan !== "object" || plan === null) return [];
  const node: Record<string, unknown> = { ...plan };
  const own = node["Node Type"] === "Seq Scan" ? [String(node["Relation Name"])] : [];
  return [...own, ...seqScans(node.Plans ?? [])];
}
