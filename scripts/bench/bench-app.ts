import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NEXT, ROOT } from "@/scripts/launcher/paths";
import { answers, type Running, startProcess } from "@/scripts/launcher/process";

/** Builds that only the benchmarks need, in a folder of their own: the product carries nothing of them. */
export const FOLDER = join(ROOT, ".bench");
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "proxy.ts",
  "next.config.js",
  "tsconfig.json",
  "postcss.config.js",
  "package.json",
];

/** The app with one route more: a bare handler with the same session check and the same bytes as the list. */
const BARE_ROUTE = `
import { sessionOfCookie } from "@/lib/server/accounts/current-session";
import { cookieName } from "@/lib/server/accounts/session-cookie";
import { runtime } from "@/lib/server/runtime";

let bytes = "";

export async function PUT(request: Request): Promise<Response> {
  bytes = await request.text();
  return new Response(null, { status: 204 });
}

export async function GET(request: Request): Promise<Response> {
  const name = cookieName(runtime().env, "session");
  const cookie = request.headers.get("cookie") ?? "";
  const session = await sessionOfCookie(cookie.split(name + "=")[1]?.split(";")[0]);
  if (session === null) return new Response(null, { status: 401 });
  return new Response(bytes, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
}
`;

/** The least that can be called durable: one row, then 200. */
const BARE_NOTICE_ROUTE = `
import { runtime } from "@/lib/server/runtime";

export async function POST(request: Request): Promise<Response> {
  const notice = JSON.parse(await request.text());
  await runtime().database.pool.query("insert into bare_notices (body) values ($1)", [JSON.stringify(notice)]);
  return new Response(null, { status: 200 });
}
`;

const BLANK_LAYOUT = `
export default function Layout({ children }: { children: React.ReactNode }) {
  return <html lang="en"><body>{children}</body></html>;
}
`;

const BLANK_PAGE = `
export const dynamic = "force-dynamic";
export default function Page() {
  return <p>blank</p>;
}
`;

function build(folder: string): void {
  const built = spawnSync(process.execPath, [NEXT, "build"], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(`next build in ${folder}:\n${built.stdout}${built.stderr}`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Builds the app with the bare routes. @returns its folder. */
export function buildBenchApp(): string {
  const folder = join(FOLDER, "app");
  rmSync(folder, { recursive: true, force: true });
  for (const name of SOURCES) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  write(join(folder, "app/api/bare/route.ts"), BARE_ROUTE);
  write(join(folder, "app/api/bare-notice/route.ts"), BARE_NOTICE_ROUTE);
  build(folder);
  return folder;
}

/** Builds a blank page with the same Next and React. @returns its folder. */
export function buildBlankApp(): string {
  const folder = join(FOLDER, "blank");
  rmSync(folder, { recursive: true, force: true });
  write(join(folder, "app/layout.tsx"), BLANK_LAYOUT);
  write(join(folder, "app/page.tsx"), BLANK_PAGE);
  write(join(folder, "package.json"), '{ "type": "module" }\n');
  write(join(folder, "next.config.js"), "export default { typescript: { ignoreBuildErrors: true } };\n");
  build(folder);
  return folder;
}

/** Serves a build until it is stopped. */
export async function serve(
  folder: string,
  port: number,
  env: NodeJS.ProcessEnv,
  path: string,
): Promise<Running> {
  const server = startProcess({
    name: "bench web",
    command: process.execPath,
    args: [NEXT, "start", "--port", String(port)],
    cwd: folder,
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    output: { file: join(FOLDER, `web-${port}.log`) },
    isReady: () => answers(`http://localhost:${port}${path}`),
  });
  await Promise.race([
    server.ready,
    server.exited.then(({ code }) => {
      throw new Error(`the benchmark's server ended (${code}): see .bench/web-${port}.log`);
    }),
  ]);
  return server;
}
