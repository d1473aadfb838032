import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { NextRequest } from "next/server";
import { inRequestScope } from "./request-scope";

/** The handlers of app/api as Next finds them: by their files. */

type Handler = (
  request: NextRequest,
  context: { params: Promise<Record<string, string | string[]>> },
) => Response | Promise<Response>;

const ROOT = join(process.cwd(), "app/api");
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Every address pattern under app/api, such as `/api/files/[id]`. */
export function addressPatterns(): string[] {
  return readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|\/)route\.tsx?$/.test(name))
    .map((name) => `/api/${name.replace(/\/?route\.tsx?$/, "")}`)
    .toSorted();
}

/** Every handler there is, as `METHOD pattern`. */
export async function listHandlers(): Promise<string[]> {
  const found: string[] = [];
  for (const pattern of addressPatterns()) {
    const names = Object.keys(await load(pattern));
    found.push(...METHODS.filter((method) => names.includes(method)).map((method) => `${method} ${pattern}`));
  }
  return found;
}

/** Hands a request to the handler of its address and method. @throws Error when there is none. */
export async function dispatch(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const pattern of addressPatterns().toSorted(bySpecificity)) {
    const params = match(pattern, pathname);
    if (params === null) continue;
    const handler = (await load(pattern))[request.method];
    if (handler === undefined) throw new Error(`${pattern} has no ${request.method}`);
    const asked = new NextRequest(request);
    return inRequestScope(asked, () => handler(asked, { params: Promise.resolve(params) }));
  }
  throw new Error(`no handler at ${pathname}`);
}

async function load(pattern: string): Promise<Record<string, Handler>> {
  return import(pathToFileURL(join(ROOT, pattern.slice("/api".length), "route.ts")).href);
}

/** Fixed segments before variable ones. */
function bySpecificity(a: string, b: string): number {
  return a.split("[").length - b.split("[").length;
}

function match(pattern: string, pathname: string): Record<string, string | string[]> | null {
  const wanted = pattern.split("/").slice(1);
  const given = pathname.split("/").slice(1);
  const params: Record<string, string | string[]> = {};
  for (const [index, segment] of wanted.entries()) {
    const rest = /^\[\.\.\.(\w+)\]$/.exec(segment)?.[1];
    if (rest !== undefined) {
      params[rest] = given.slice(index).map(decodeURIComponent);
      return given.length > index ? params : null;
    }
    const name = /^\[(\w+)\]$/.exec(segment)?.[1];
    const value = given[index];
    if (value === undefined || value === "") return null;
    if (name !== undefined) params[name] = decodeURIComponent(value);
    else if (value !== segment) return null;
  }
  return given.length === wanted.length ? params : null;
}
