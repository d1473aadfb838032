import "server-only";
import { createECDH } from "node:crypto";
import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";

/** What the process was told, before the launcher has filled in what it generates. Source: docs/operations.md. */
export interface Settings {
  appUrl: string;
  port: number;
  /** `authUrl` null: the authorization host of each country (auth-and-limits.md 2). */
  meli: { clientId: string | null; clientSecret: string | null; apiUrl: string; authUrl: string | null };
  sessionSecret: string | null;
  /** 32 bytes each; the first one seals, all of them open. Empty: not given. */
  tokenKeys: Buffer[];
  databaseUrl: string | null;
  /** Absolute path. */
  dataDir: string;
  /** Mercado Libre user ids that may sign in; empty: anyone. */
  allowedAccounts: string[];
  /** Addresses or CIDR ranges whose forwarding headers count. */
  trustedProxies: string[];
  /** Addresses or CIDR ranges that may notify; empty: any. */
  notificationSources: string[];
  metricsToken: string | null;
  vapid: { publicKey: string; privateKey: string } | null;
  /** Messaging agents by site id, over the contract's own table (messages.md). */
  agents: Record<string, string>;
  logLevel: (typeof LOG_LEVELS)[number];
  readsPerMinute: number;
  writesPerMinute: number;
  sandboxPort: number;
  /** The public address is https: cookies are `__Host-`, HSTS is sent. */
  isSecure: boolean;
}

/** Settings of a process that serves: everything it cannot run without is present. */
export interface Env extends Settings {
  meli: { clientId: string; clientSecret: string; apiUrl: string; authUrl: string | null };
  sessionSecret: string;
  databaseUrl: string;
}

/** One or more variables are wrong or missing: `problems` has one printable line for each. */
export class EnvError extends Error {
  override readonly name = "EnvError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, "must be a port number from 1 to 65535")
  .transform(Number)
  .refine((port) => port >= 1 && port <= 65_535, "must be a port number from 1 to 65535");

const perMinute = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, "must be a whole number of calls per minute, 1 or more")
  .transform(Number);

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);

const networks = list.refine(
  (parts) => parts.every(isNetwork),
  "must be a comma-separated list of IP addresses or ranges such as 10.0.0.0/8",
);

const httpBase = (what: string) =>
  z
    .string()
    .refine((text) => httpUrl(text) !== null, `must be ${what}`)
    .transform((text) => text.replace(/\/+$/, ""));

const Variables = z.object({
  APP_URL: z
    .string()
    .refine((text) => {
      const url = httpUrl(text);
      return url !== null && url.pathname === "/";
    }, "must be an http or https address without a path, such as https://inbox.example.com")
    .transform((text) => new URL(text).origin)
    .optional(),
  PORT: portNumber.default(3000),
  MELI_CLIENT_ID: z.string().regex(/^\S+$/, "must be the application's id at Mercado Libre").optional(),
  MELI_CLIENT_SECRET: z.string().optional(),
  MELI_API_URL: httpBase("an http or https address").default("https://api.mercadolibre.com"),
  MELI_AUTH_URL: httpBase("an http or https address").optional(),
  NEXTAUTH_SECRET: z
    .string()
    .min(16, "must have at least 16 characters (try: openssl rand -base64 32)")
    .optional(),
  TOKEN_KEY: list
    .transform((parts) => parts.map((part) => Buffer.from(part, "base64")))
    .refine(
      (keys) => keys.length > 0 && keys.every((key) => key.length === 32),
      "must be 32 bytes in base64, or a comma-separated list of such keys (try: openssl rand -base64 32)",
    )
    .optional(),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, "must be an address such as postgresql://user:password@host:5432/database")
    .optional(),
  DATA_DIR: z.string().default("./.data"),
  ALLOWED_ACCOUNTS: list
    .refine(
      (ids) => ids.every((id) => /^\d+$/.test(id)),
      "must be a comma-separated list of Mercado Libre user ids",
    )
    .default([]),
  TRUSTED_PROXIES: networks.default([]),
  NOTIFICATION_SOURCES: networks.default([]),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  VAPID_PUBLIC_KEY: z
    .string()
    .regex(/^[\w-]{87}$/, "must be 65 bytes in base64url")
    .optional(),
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, "must be 32 bytes in base64url")
    .optional(),
  MELI_AGENTS: list
    .refine(
      (pairs) => pairs.every((pair) => /^[A-Z]{3}=\d+$/.test(pair)),
      "must be a comma-separated list such as MLB=3037675074,MLA=3037674934",
    )
    .transform((pairs) =>
      Object.fromEntries(
        pairs.map((pair): [string, string] => {
          const [site = "", id = ""] = pair.split("=");
          return [site, id];
        }),
      ),
    )
    .default({}),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  MELI_READS_PER_MINUTE: perMinute.default(500),
  MELI_WRITES_PER_MINUTE: perMinute.default(500),
  SANDBOX_PORT: portNumber.default(4000),
});

/** The name of every variable that Buzón reads. */
export const VARIABLES: readonly string[] = Object.keys(Variables.shape);

/** Reads the variables of docs/operations.md from `source`; an empty one counts as unset.
 *  @throws EnvError with one line per wrong variable. A line never repeats the value: it may be a secret. */
export function readSettings(source: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) => {
      const text = value?.trim() ?? "";
      return text === "" ? [] : [[name, text]];
    }),
  );
  const parsed = Variables.safeParse(given);
  const problems = new Map<string, string>();
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    if (!problems.has(name)) problems.set(name, `${name} ${issue.message}.`);
  }
  for (const [one, other] of PAIRS) {
    if (given[one] !== undefined && given[other] === undefined) {
      problems.set(other, `${other} is missing: it goes with ${one}.`);
    }
  }
  const [own, secret] = [parsed.data?.VAPID_PUBLIC_KEY, parsed.data?.VAPID_PRIVATE_KEY];
  if (own !== undefined && secret !== undefined && publicKeyOf(secret) !== own) {
    problems.set("VAPID_PRIVATE_KEY", "VAPID_PRIVATE_KEY does not belong to VAPID_PUBLIC_KEY.");
  }
  if (!parsed.success || problems.size > 0) throw new EnvError([...problems.values()]);
  const vars = parsed.data;
  const appUrl = vars.APP_URL ?? `http://localhost:${vars.PORT}`;
  return {
    appUrl,
    port: vars.PORT,
    meli: {
      clientId: vars.MELI_CLIENT_ID ?? null,
      clientSecret: vars.MELI_CLIENT_SECRET ?? null,
      apiUrl: vars.MELI_API_URL,
      authUrl: vars.MELI_AUTH_URL ?? null,
    },
    sessionSecret: vars.NEXTAUTH_SECRET ?? null,
    tokenKeys: vars.TOKEN_KEY ?? [],
    databaseUrl: vars.DATABASE_URL ?? null,
    dataDir: resolve(vars.DATA_DIR),
    allowedAccounts: vars.ALLOWED_ACCOUNTS,
    trustedProxies: vars.TRUSTED_PROXIES,
    notificationSources: vars.NOTIFICATION_SOURCES,
    metricsToken: vars.METRICS_TOKEN ?? null,
    vapid:
      vars.VAPID_PUBLIC_KEY !== undefined && vars.VAPID_PRIVATE_KEY !== undefined
        ? { publicKey: vars.VAPID_PUBLIC_KEY, privateKey: vars.VAPID_PRIVATE_KEY }
        : null,
    agents: vars.MELI_AGENTS,
    logLevel: vars.LOG_LEVEL,
    readsPerMinute: vars.MELI_READS_PER_MINUTE,
    writesPerMinute: vars.MELI_WRITES_PER_MINUTE,
    sandboxPort: vars.SANDBOX_PORT,
    isSecure: appUrl.startsWith("https:"),
  };
}

/** Reads the settings of a process that serves: web, worker.
 *  @throws EnvError with one line per variable that is wrong, or missing though the process needs it. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const settings = readSettings(source);
  const { databaseUrl, sessionSecret } = settings;
  const { clientId, clientSecret } = settings.meli;
  const isWhole =
    databaseUrl !== null && sessionSecret !== null && clientId !== null && clientSecret !== null;
  if (!isWhole || settings.tokenKeys.length === 0) throw new EnvError(missingLines(settings));
  return { ...settings, databaseUrl, sessionSecret, meli: { ...settings.meli, clientId, clientSecret } };
}

/** One line for what a serving process needs and was not told. */
function missingLines(settings: Settings): string[] {
  const shared = "the same on every machine that shares the database (try: openssl rand -base64 32)";
  return [
    settings.databaseUrl === null
      ? "DATABASE_URL is missing: npm start alone brings a database of its own."
      : "",
    settings.sessionSecret === null ? `NEXTAUTH_SECRET is missing: give it ${shared}.` : "",
    settings.tokenKeys.length === 0 ? `TOKEN_KEY is missing: give it ${shared}.` : "",
    settings.meli.clientId === null ? MELI_MISSING : "",
  ].filter((line) => line !== "");
}

/** What to say when there is no application to act as. */
export const MELI_MISSING =
  "MELI_CLIENT_ID and MELI_CLIENT_SECRET are missing: docs/connect.md says how to get them, npm run demo needs none.";

let current: Env | undefined;

/** The environment of this process, parsed at the first call and kept. Call it when serving, not while a module loads:
 *  a build has no environment.
 *  @throws EnvError when the process was started without what it needs. */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}

const PAIRS = [
  ["MELI_CLIENT_ID", "MELI_CLIENT_SECRET"],
  ["MELI_CLIENT_SECRET", "MELI_CLIENT_ID"],
  ["VAPID_PUBLIC_KEY", "VAPID_PRIVATE_KEY"],
  ["VAPID_PRIVATE_KEY", "VAPID_PUBLIC_KEY"],
] as const;

/** The public half of a VAPID key, or null when it is none. */
function publicKeyOf(privateKey: string): string | null {
  const pair = createECDH("prime256v1");
  try {
    pair.setPrivateKey(privateKey, "base64url");
    return pair.getPublicKey("base64url");
  } catch {
    return null;
  }
}

function httpUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  return isPlain && (url.protocol === "http:" || url.protocol === "https:") ? url : null;
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && ["postgres:", "postgresql:"].includes(new URL(text).protocol);
}

function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
