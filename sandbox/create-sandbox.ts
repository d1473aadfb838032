import { serve } from "@hono/node-server";
import type { BreakConnection } from "@/sandbox/api";
import { createApi } from "@/sandbox/api";
import { keepClaimTime } from "@/sandbox/claims/time";
import { Bursts } from "@/sandbox/control/bursts";
import { controlRoutes } from "@/sandbox/control/control-routes";
import { LivingShop } from "@/sandbox/control/living-shop";
import { Notifier } from "@/sandbox/notifications/notifier";
import type { Deliver } from "@/sandbox/notifications/sender";
import { pageRoutes } from "@/sandbox/page/page-routes";
import { keepQuestionTime } from "@/sandbox/questions/time";
import { buildShops } from "@/sandbox/shops/build-shops";
import { keepGrants } from "@/sandbox/world/grants-file";
import { World } from "@/sandbox/world/world";

export interface SandboxOptions {
  /** `shops`: four believable sellers; `empty` (default): nobody. */
  scenario?: "shops" | "empty";
  /** The time; default: the machine's. */
  clock?: () => Date;
  clientId?: string;
  clientSecret?: string;
  redirectUris?: string[];
  /** The name the consent page shows. */
  clientName?: string;
  /** A file that keeps who signed in between two runs; default: nothing is kept. */
  grantsFile?: string;
  /** Where notifications go, every known topic ticked; default: nowhere. */
  callbackUrl?: string;
  /** Takes notifications inside this process instead of sending them over the network. */
  deliver?: Deliver;
}

export interface Sandbox {
  /** Answers one request in this process. Rejects only as `fetch` does: when its signal aborts. */
  fetch(request: Request): Promise<Response>;
  /** Serves on the loopback interface; port 0 (default) takes any free one. @throws when the port is taken or `host` is not loopback. */
  listen(o?: {
    port?: number;
    host?: string;
  }): Promise<{ url: string; port: number; close(): Promise<void> }>;
}

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** A Mercado Libre of one's own, held in memory: see README.md for what it does and how to steer it. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const world = new World(options.clock ?? (() => new Date()));
  const clientId = options.clientId ?? "1000000000000001";
  world.clients.set(clientId, {
    id: clientId,
    secret: options.clientSecret ?? "sandbox-secret",
    name: options.clientName ?? "Buzón",
    redirectUris: options.redirectUris ?? ["http://localhost:3000/api/auth/callback/mercadolibre"],
  });
  keepClaimTime(world);
  keepQuestionTime(world);
  if (options.scenario === "shops") buildShops(world);
  if (options.grantsFile) keepGrants(world, options.grantsFile);

  const notifier = new Notifier(world, options.deliver);
  if (options.callbackUrl) notifier.subscriptions.change(clientId, { callbackUrl: options.callbackUrl });
  const living = new LivingShop(world);
  const bursts = new Bursts(world);
  const control = controlRoutes(world, { living, bursts, notifier });
  const page = pageRoutes();
  const api = createApi(world, notifier);

  async function handle(request: Request, hangUp?: BreakConnection): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/__sandbox/")) return control.fetch(request);
    if (pathname === "/" || pathname.startsWith("/page/") || pathname === "/favicon.ico")
      return page.fetch(request);
    return api(request, hangUp);
  }

  async function fetch(request: Request): Promise<Response> {
    const { signal } = request;
    signal.throwIfAborted();
    let stop = () => {};
    const aborted = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
    });
    signal.addEventListener("abort", stop, { once: true });
    return Promise.race([handle(request), aborted]).finally(() => signal.removeEventListener("abort", stop));
  }

  async function listen({ port = 0, host = "127.0.0.1" }: { port?: number; host?: string } = {}) {
    const answer: Parameters<typeof serve>[0]["fetch"] = (request, { outgoing }) =>
      handle(request, () => outgoing.destroy());
    if (!LOOPBACK.has(host)) throw new Error(`the sandbox binds to loopback only, not to ${host}`);
    return new Promise<Awaited<ReturnType<Sandbox["listen"]>>>((resolve, reject) => {
      const server = serve(
        { fetch: answer, port, hostname: host, overrideGlobalObjects: false },
        (address) => {
          const name = host.includes(":") ? `[${host}]` : host;
          resolve({
            url: `http://${name}:${address.port}`,
            port: address.port,
            close: () =>
              new Promise((done) => {
                living.stop();
                bursts.clear();
                notifier.stop();
                server.close(() => done());
                if ("closeAllConnections" in server) server.closeAllConnections();
              }),
          });
        },
      );
      // As long as a proxy in front of the real one: a shorter time closes a connection under a request that is on its way.
      if ("keepAliveTimeout" in server) server.keepAliveTimeout = 75_000;
      server.on("error", reject);
    });
  }

  return { fetch, listen };
}
