import "server-only";
import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { type Session, sessionOfCookie } from "@/lib/server/accounts/current-session";
import { cookieName } from "@/lib/server/accounts/session-cookie";
import { traced } from "@/lib/server/log";
import { statusClass } from "@/lib/server/metrics/call-log";
import { countRequest } from "@/lib/server/metrics/process-metrics";
import { routePattern } from "@/lib/server/metrics/route-pattern";
import { type Runtime, runtime } from "@/lib/server/runtime";
import { AppError, STATUS_OF } from "@/lib/shared/errors";
import { sayHttpsOnly } from "./https-only";
import { assertSameOrigin } from "./origin";
import { problemResponse } from "./problem";

/** What a handler gets besides its parsed input. */
export interface RouteCtx {
  rt: Runtime;
  session: Session;
  requestId: string;
}

interface Schemas<P extends z.ZodMiniType, Q extends z.ZodMiniType, B extends z.ZodMiniType> {
  params?: P;
  query?: Q;
  body?: B;
}

/** A value to answer as JSON, or a ready Response for downloads. */
type Reply<R extends z.ZodMiniType> = z.input<R> | z.output<R> | Response;

const JSON_LIMIT = 256 * 1024;

/** The one way to write a handler of our API: request id, session, origin, parsing, error mapping and logging happen
 *  here, so that a handler is one call. `reply` names the schema that the browser parses the answer with; the types
 *  hold the handler to it. Signed out answers 401; another account's id answers 404, decided by the use case. */
export function route<
  R extends z.ZodMiniType,
  P extends z.ZodMiniType = z.ZodMiniType<Record<string, never>>,
  Q extends z.ZodMiniType = z.ZodMiniType<Record<string, never>>,
  B extends z.ZodMiniType = z.ZodMiniType<undefined>,
>(
  schemas: Schemas<P, Q, B> & { reply: R },
  handle: (input: {
    ctx: RouteCtx;
    params: z.output<P>;
    query: z.output<Q>;
    body: z.output<B>;
    request: Request;
  }) => Promise<Reply<R>>,
) {
  return async (
    request: Request,
    context?: { params: Promise<Record<string, string | string[] | undefined>> },
  ) => {
    const requestId = requestIdOf(request);
    const startedAt = performance.now();
    const rt = runtime();
    const { pathname } = new URL(request.url);
    const given = (await context?.params) ?? {};
    return traced({ requestId }, async () => {
      let response: Response;
      try {
        assertSameOrigin(request, rt.env.appUrl);
        const session = await sessionOfCookie(cookieOf(request, cookieName(rt.env, "session")));
        if (session === null) throw new AppError("signed_out", "no live session");
        const value = await handle({
          ctx: { rt, session, requestId },
          params: parse(schemas.params, given, "params"),
          query: parse(schemas.query, queryOf(request), "query"),
          body: parse(schemas.body, schemas.body === undefined ? undefined : await jsonOf(request), "body"),
          request,
        });
        response =
          value instanceof Response
            ? value
            : new Response(JSON.stringify(value), {
                headers: { "content-type": "application/json", "cache-control": "no-store" },
              });
      } catch (error) {
        response = problemResponse(error, requestId);
        const code = error instanceof AppError ? error.code : "bug";
        const level = STATUS_OF[code] >= 500 ? "error" : "info";
        rt.log[level]({ err: error, code, path: pathname }, "request failed");
      }
      response.headers.set("x-request-id", requestId);
      sayHttpsOnly(response);
      const ms = performance.now() - startedAt;
      const noted = { method: request.method, route: routePattern(pathname, given) };
      countRequest({ ...noted, status: statusClass(response.status) }, ms / 1_000);
      rt.log.debug({ ...noted, status: response.status, ms: Math.round(ms) }, "request");
      return response;
    });
  };
}

/** The id that a proxy in front gave the request, if it looks like one; else a new one. */
function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id") ?? "";
  return /^[0-9a-fA-F-]{16,64}$/.test(given) ? given : randomUUID();
}

/** The value as it stands: nothing that we put in a cookie needs escaping. */
function cookieOf(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

const ANYTHING = z.any();

function parse<S extends z.ZodMiniType>(schema: S | undefined, value: unknown, what: string): z.output<S> {
  const parsed = (schema ?? ANYTHING).safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(
    parsed.error.issues.map((issue) => [issue.path.join(".") || what, issue.code]),
  );
  throw new AppError("invalid_input", `${what} not understood`, { fields });
}

function queryOf(request: Request): Record<string, string> {
  const entries = [...new URL(request.url).searchParams];
  return Object.fromEntries(entries.map(([name, value]) => [name, withoutNul(value)]));
}

/** PostgreSQL keeps no NUL, and no text that a person typed needs one. */
function withoutNul(text: string): string {
  return text.replaceAll("\0", "");
}

async function jsonOf(request: Request): Promise<unknown> {
  const text = (await readLimited(request, JSON_LIMIT)).toString("utf8");
  try {
    if (!text.includes("\\u0000")) return JSON.parse(text);
    return JSON.parse(text, (_key, value: unknown) =>
      typeof value === "string" ? withoutNul(value) : value,
    );
  } catch (cause) {
    throw new AppError("invalid_input", "the body is not JSON", { fields: { body: "json" } }, { cause });
  }
}

/** The body of a request, up to a limit in bytes. @throws AppError too_large as soon as it is passed. */
export async function readLimited(request: Request, limit: number): Promise<Buffer> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > limit) throw new AppError("too_large", "body too large", { reason: "too_big" });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw new AppError("too_large", "body too large", { reason: "too_big" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
