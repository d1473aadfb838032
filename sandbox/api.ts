import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Hono } from "hono";
import { claimsService } from "@/sandbox/claims/routes";
import { itemRoutes } from "@/sandbox/context/item-routes";
import { orderRoutes } from "@/sandbox/context/order-routes";
import { shipmentRoutes } from "@/sandbox/context/shipment-routes";
import { usersRoutes } from "@/sandbox/context/users-routes";
import { contactRoutes } from "@/sandbox/leads/contact-routes";
import { leadRoutes } from "@/sandbox/leads/lead-routes";
import { globalMessageRoutes } from "@/sandbox/messages/global-routes";
import { localMessageRoutes } from "@/sandbox/messages/local-routes";
import { missedRoutes } from "@/sandbox/notifications/missed-routes";
import type { Notifier } from "@/sandbox/notifications/notifier";
import { consentRoutes } from "@/sandbox/oauth/consent-routes";
import { tokenRoutes } from "@/sandbox/oauth/token-routes";
import { questionsService } from "@/sandbox/questions/routes";
import type { Call } from "@/sandbox/world/calls";
import type { Fault } from "@/sandbox/world/faults";
import type { ApiEnv } from "@/sandbox/world/guard";
import { answer, notFound, Refusal, standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** Ends the connection a request came in on; absent in process, where the body breaks instead. */
export type BreakConnection = () => void;

/** Mercado Libre's side of the sandbox: records each call, lets faults happen, always names a request id. */
export function createApi(
  world: World,
  notifier: Notifier,
): (request: Request, hangUp?: BreakConnection) => Promise<Response> {
  const routes = apiRoutes(world, notifier);

  return async (request, hangUp) => {
    const url = new URL(request.url);
    const startedAt = performance.now();
    const requestId = randomUUID();
    const bytes = request.method === "GET" ? null : await request.arrayBuffer();
    const fault = world.faults.take(request.method, url.pathname);
    const call = world.calls.start({
      at: world.now().toISOString(),
      method: request.method,
      path: url.pathname,
      query: url.search.replace(/(access_token|code)=[^&]+/g, "$1=…"),
      status: null,
      ms: 0,
      requestId,
      sellerId: null,
      clientId: null,
      readFlag: readFlagOf(request.method, url),
      body: bodyToKeep(request, url.pathname, bytes),
      faultId: fault?.id ?? null,
      late: null,
    });
    const { latencyMs } = world.settings;
    if (latencyMs > 0) await wait(latencyMs);
    const apply = async () => routes.fetch(again(request, bytes), { call });
    const applyLate = (ms: number) => {
      const work = async () => {
        const { status } = await apply();
        call.late = { at: world.now().toISOString(), status };
      };
      world.schedule.later(ms, work, { isAwaited: true });
    };
    if (fault?.hang) world.usage.count(request.method, url.pathname, 0);
    const response = fault
      ? await withFault(fault, { apply, applyLate, hold: () => world.faults.hold() }, hangUp)
      : await apply();
    call.status = response.status;
    world.usage.count(request.method, url.pathname, response.status);
    call.ms = Math.round(performance.now() - startedAt);
    // auth-and-limits.md 8, simulator 6
    response.headers.set("x-request-id", requestId);
    return response;
  };
}

function apiRoutes(world: World, notifier: Notifier): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.route("/", consentRoutes(world));
  app.route("/", tokenRoutes(world));
  app.route("/", contactRoutes(world));
  app.route("/", leadRoutes(world));
  app.route("/", questionsService(world));
  app.route("/", itemRoutes(world));
  app.route("/", usersRoutes(world));
  app.route("/messages", localMessageRoutes(world));
  app.route("/marketplace/messages", globalMessageRoutes(world));
  app.route("/", claimsService(world));
  app.route("/", orderRoutes(world));
  app.route("/", shipmentRoutes(world));
  app.route("/", missedRoutes(world, notifier));
  app.notFound(() => notFound().toResponse());
  app.onError((error) => {
    if (error instanceof Refusal) return error.toResponse();
    return standard(500, "internal_server_error", `Internal server error: ${error.message}`).toResponse();
  });
  return app;
}

/** Does what the fault says with the call's answer and its effect. */
async function withFault(
  fault: Fault,
  does: { apply: () => Promise<Response>; applyLate: (ms: number) => void; hold: () => Promise<void> },
  hangUp: BreakConnection | undefined,
): Promise<Response> {
  const replaces = fault.status !== undefined || fault.hang === true;
  const applied = fault.applied ?? (replaces ? "no" : "yes");
  const real = applied === "yes" ? await does.apply() : null;
  if (applied === "late") does.applyLate(fault.lateMs);
  if (fault.delayMs) await wait(fault.delayMs);
  if (fault.held) await does.hold();
  if (fault.hang) return new Promise<Response>(() => {});
  const response = replaces || !real ? replacement(fault) : real;
  for (const [name, value] of Object.entries(fault.headers ?? {})) response.headers.set(name, value);
  return fault.cutBody ? cut(response, hangUp) : response;
}

function replacement(fault: Fault): Response {
  const status = fault.status ?? 500;
  const type: Record<string, string> = fault.contentType ? { "content-type": fault.contentType } : {};
  if (fault.body === undefined) {
    const { message, error, cause } = {
      message: "Internal server error",
      error: "internal_server_error",
      cause: [],
    };
    return status >= 500
      ? answer(status, { message, error, status, cause }, type)
      : answer(status, null, type);
  }
  return answer(status, fault.body, type);
}

/** Announces everything, sends half, breaks the connection. */
async function cut(response: Response, hangUp: BreakConnection | undefined): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set("content-length", String(bytes.byteLength));
  let isSent = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (isSent) {
        // the first half must reach the other side before the connection breaks
        await wait(20);
        if (hangUp) hangUp();
        else controller.error(new Error("the sandbox cut this answer"));
        return;
      }
      isSent = true;
      controller.enqueue(bytes.slice(0, Math.max(1, bytes.byteLength >> 1)));
    },
  });
  return new Response(body, { status: response.status, headers });
}

function again(request: Request, bytes: ArrayBuffer | null): Request {
  return new Request(request.url, { method: request.method, headers: request.headers, body: bytes });
}

/** Whether a conversation read says that it must not mark; null for any other call (messages.md 2.1, 5). */
function readFlagOf(method: string, url: URL): boolean | null {
  if (method !== "GET" || !/^(\/marketplace)?\/messages\/packs\/[^/]+/.test(url.pathname)) return null;
  return url.searchParams.get("mark_as_read") === "false";
}

/** A write's JSON, for tests to look at; nothing of the token endpoint, no files. */
function bodyToKeep(request: Request, pathname: string, bytes: ArrayBuffer | null): Call["body"] {
  const isJson = request.headers.get("content-type")?.includes("json") ?? false;
  if (!bytes || !isJson || pathname.startsWith("/oauth")) return null;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
