import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { type BudgetView, readBudget } from "@/lib/server/budget";
import { countStreams } from "@/lib/server/events/events";
import { type Runtime, runtime } from "@/lib/server/runtime";
import { readTotals, type Total } from "@/lib/server/store/counters";
import { type Gauge, readGauges } from "@/lib/server/store/gauges";
import { GAUGES, TOTALS } from "./catalogue";
import { labelText } from "./count";
import { processText } from "./process-metrics";

const TEXT = "text/plain; version=0.0.4; charset=utf-8";

/** `GET /api/metrics`: the figures of the whole installation, and of this process, for Prometheus. 404 without
 *  METRICS_TOKEN, 401 with another than it. */
export async function metricsResponse(request: Request): Promise<Response> {
  const rt = runtime();
  const { metricsToken } = rt.env;
  const headers = { "cache-control": "no-store" };
  if (metricsToken === null) return new Response(null, { status: 404, headers });
  if (!isSame(request.headers.get("authorization") ?? "", `Bearer ${metricsToken}`)) {
    return new Response(null, { status: 401, headers: { ...headers, "www-authenticate": "Bearer" } });
  }
  try {
    return new Response(await metricsText(rt), { headers: { ...headers, "content-type": TEXT } });
  } catch (error) {
    rt.log.error({ err: error }, "metrics could not be read");
    return new Response(null, { status: 503, headers });
  }
}

/** In constant time, whatever the lengths. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

async function metricsText(rt: Runtime): Promise<string> {
  // What this process counted just now is there as well.
  await rt.counts.flush();
  const [totals, gauges, budgets] = await Promise.all([
    readTotals(rt.db),
    readGauges(rt.db),
    readBudget(rt.db, rt.env),
  ]);
  const { totalCount, idleCount, waitingCount } = rt.database.pool;
  const own = await processText({
    streams: countStreams(),
    connections: { total: totalCount, idle: idleCount, waiting: waitingCount },
  });
  return [...totalLines(totals), ...gaugeLines([...gauges, ...budgets.flatMap(budgetGauges)]), own].join(
    "\n",
  );
}

function budgetGauges({ family, kind, free, factor, blockedUntil }: BudgetView): Gauge[] {
  const labels = { family, kind };
  return [
    { name: "budget_free", labels, value: free },
    { name: "budget_factor", labels, value: factor },
    { name: "budget_blocked", labels, value: Number(blockedUntil !== null) },
  ];
}

/** Every total that is known to us, also one that was never counted. */
function totalLines(totals: readonly Total[]): string[] {
  const names = [...new Set([...Object.keys(TOTALS), ...totals.map(({ name }) => name)])];
  return names.flatMap((name) => {
    const lines = totals.filter((total) => total.name === name);
    return family(`buzon_${name}_total`, "counter", TOTALS[name] ?? name, lines);
  });
}

function gaugeLines(gauges: readonly Gauge[]): string[] {
  return Object.entries(GAUGES).flatMap(([name, help]) => {
    const lines = gauges
      .filter((gauge) => gauge.name === name)
      .map(({ labels, value }) => ({ labels: labelText(labels), value }));
    return family(`buzon_${name}`, "gauge", help, lines);
  });
}

function family(
  name: string,
  type: "counter" | "gauge",
  help: string,
  lines: readonly { labels: string; value: number }[],
): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...lines.map(({ labels, value }) => `${name}${labels === "" ? "" : `{${labels}}`} ${value}`),
  ];
}
