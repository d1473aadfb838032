import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { constants } from "node:os";

/** How long a process that was told to stop lets what it is doing come to its end. */
const DRAIN_MS = 8_000;
/** How often connections that have nothing more to carry are closed meanwhile. */
const CLOSE_MS = 50;

/** Kept on the global object, because Next loads a module once per bundle. */
const shared = globalThis as typeof globalThis & { buzonDrain?: Set<() => Promise<void>> };

function tasks(): Set<() => Promise<void>> {
  shared.buzonDrain ??= new Set();
  return shared.buzonDrain;
}

/** Runs `task` when the process is told to stop: for what does not end by itself. */
export function onDrain(task: () => Promise<void>): void {
  tasks().add(task);
}

/** Node's own server, as far as we need it: nothing here reaches the network. */
interface HttpServer {
  closeIdleConnections(): void;
}

function isHttpServer(value: unknown): value is HttpServer {
  return typeof value === "object" && value !== null && "closeIdleConnections" in value;
}

/** Makes SIGTERM and SIGINT end this process within 10 seconds. Next stops listening and waits for every connection to
 *  end. Streams are ended here, and a connection that is kept for another request is closed as soon as it is idle: Node
 *  closes only those that are idle at the first moment. What is left after 8 seconds is cut. Call it once per process. */
export function drainOnSignal(): void {
  const servers = new Set<HttpServer>();
  subscribe("http.server.request.start", (message) => {
    const server: unknown =
      typeof message === "object" && message !== null ? Reflect.get(message, "server") : null;
    if (isHttpServer(server)) servers.add(server);
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      for (const task of tasks()) void task();
      setInterval(() => {
        for (const server of servers) server.closeIdleConnections();
      }, CLOSE_MS).unref();
      setTimeout(() => process.exit(128 + constants.signals[signal]), DRAIN_MS).unref();
    });
  }
}
