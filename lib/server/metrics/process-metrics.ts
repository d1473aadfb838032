import "server-only";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { count } from "./count";

interface ProcessMetrics {
  registry: Registry;
  requests: Histogram<"method" | "route" | "status">;
}

/** On the global object, because Next loads a module once per bundle. */
const shared = globalThis as typeof globalThis & { buzonProcess?: ProcessMetrics };

function processMetrics(): ProcessMetrics {
  if (shared.buzonProcess !== undefined) return shared.buzonProcess;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, labels: { process: "web" } });
  const requests = new Histogram({
    name: "buzon_http_request_duration_seconds",
    help: "Requests to our own API that this process answered",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  shared.buzonProcess = { registry, requests };
  return shared.buzonProcess;
}

/** Notes a request to our own API: in the totals of the installation, and how long this process took for it. */
export function countRequest(
  labels: { method: string; route: string; status: string },
  seconds: number,
): void {
  count("http_requests", labels);
  processMetrics().requests.observe(labels, seconds);
}

/** The figures of this process alone, in Prometheus's text format. `now` gives those that are read at the scrape. */
export async function processText(now: {
  streams: number;
  connections: { total: number; idle: number; waiting: number };
}): Promise<string> {
  const { registry } = processMetrics();
  const streams = gauge(registry, "buzon_event_streams", "Browsers that listen to this process");
  streams.set(now.streams);
  const pool = gauge(registry, "buzon_database_connections", "Database connections of this process", "state");
  for (const [state, value] of Object.entries(now.connections)) pool.set({ state }, value);
  return registry.metrics();
}

function gauge(registry: Registry, name: string, help: string, label?: string): Gauge {
  const held = registry.getSingleMetric(name);
  if (held instanceof Gauge) return held;
  return new Gauge({ name, help, labelNames: label === undefined ? [] : [label], registers: [registry] });
}
