import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { connectAccount, type Intent } from "@/lib/server/accounts/connect-account";
import { cookieName, sealSession } from "@/lib/server/accounts/session-cookie";
import { exchangeCode } from "@/lib/server/mercadolibre/oauth";
import { authorizationUrl } from "@/lib/server/mercadolibre/testing/authorization-url";
import { whoAmI } from "@/lib/server/mercadolibre/users";
import { type Runtime, runtime } from "@/lib/server/runtime";
import type { AccountId, SessionId, UserId } from "@/lib/shared/ids";
import { createSandbox } from "@/sandbox/create-sandbox";
import { dispatch } from "./api-routes";
import { createDatabase } from "./database";
import { countDifferences } from "./kept-counts";

/** A whole server side for one test file: a database of its own, the simulator on a port, our runtime between them.
 *  Everything is real; only the wire's other end is the simulator. */

const APP_URL = "http://inbox.test";
const CLIENT = { clientId: "1000000000000001", clientSecret: "sandbox-secret" };
const REDIRECT = `${APP_URL}/api/auth/callback/mercadolibre`;

export interface SignedIn {
  userId: UserId;
  sessionId: SessionId;
  accountId: AccountId;
  /** The Cookie header of this session. */
  cookie: string;
}

/** One call that the simulator received. */
const Call = z.object({
  method: z.string(),
  path: z.string(),
  query: z.string(),
  status: z.number().nullable(),
  sellerId: z.string().nullable(),
  readFlag: z.boolean().nullable(),
  body: z.unknown(),
});
const Packs = z.object({ packs: z.array(z.object({ packId: z.string(), count: z.number() })) });
/** A conversation as the simulator holds it. */
const Held = z.object({
  buyerId: z.string(),
  counterpartId: z.string(),
  messages: z.array(
    z.object({
      id: z.string(),
      author: z.enum(["buyer", "seller"]),
      text: z.string(),
      readAt: z.string().nullable(),
      attachments: z.array(
        z.object({ filename: z.string(), originalFilename: z.string(), type: z.string(), size: z.number() }),
      ),
    }),
  ),
  lost: z.array(z.object({ text: z.string() })),
});

export interface Sent {
  as?: SignedIn;
  method?: string;
  /** JSON, or a file's bytes. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface House {
  rt: Runtime;
  apiUrl: string;
  /** Calls the simulator's control API; `body` makes it a POST. @throws Error when it refuses. */
  control(path: string, body?: object): Promise<unknown>;
  /** Makes a seller, and its threads. */
  newSeller(seed?: object): Promise<string>;
  newThread(sellerId: string, thread: object): Promise<string>;
  /** Signs a seller in through consent, code and PKCE, as a browser would. `intent` adds the account to a session. */
  signIn(sellerId: string, intent?: Intent): Promise<SignedIn>;
  /** A request as our own pages send it. */
  request(path: string, options?: Sent): Request;
  /** Sends it to the handler of app/api that Next would choose. */
  call(path: string, options?: Sent): Promise<Response>;
  /** Sends a request that was made by hand. */
  answer(request: Request): Promise<Response>;
  /** The same as `call`, with the answer read. @throws Error when it is not a 2xx of that shape. */
  read<T>(schema: { parse(value: unknown): T }, path: string, options?: Sent): Promise<T>;
  /** The calls that the simulator received, oldest first. `path` is a regular expression's source. */
  calls(wanted?: { method?: string; path?: string; sellerId?: string }): Promise<z.infer<typeof Call>[]>;
  /** Mercado Libre's own unread counts of a seller. */
  unread(sellerId: string): Promise<z.infer<typeof Packs>["packs"]>;
  /** What the simulator holds of a conversation: read marks and lost messages included. */
  held(packId: string): Promise<z.infer<typeof Held>>;
  /** @throws Error when the counts that are kept of the accounts' lists are not what the lists hold: some write told nobody. */
  close(): Promise<void>;
}

/** Call it before anything reads `runtime()`. `variables` go over the defaults. */
export async function createHouse(variables: Record<string, string> = {}): Promise<House> {
  const database = await createDatabase();
  const sandbox = createSandbox({ scenario: "empty", redirectUris: [REDIRECT], ...CLIENT });
  const served = await sandbox.listen({ port: 0 });
  Object.assign(process.env, {
    APP_URL,
    // As the launcher hands it to the web process.
    NEXTAUTH_URL: APP_URL,
    DATABASE_URL: database.url,
    MELI_API_URL: served.url,
    MELI_AUTH_URL: served.url,
    MELI_CLIENT_ID: CLIENT.clientId,
    MELI_CLIENT_SECRET: CLIENT.clientSecret,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    TOKEN_KEY: randomBytes(32).toString("base64"),
    LOG_LEVEL: "silent",
    MELI_READS_PER_MINUTE: "60000",
    MELI_WRITES_PER_MINUTE: "60000",
    ...variables,
  });
  const rt = runtime();

  async function control(path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${served.url}/__sandbox${path}`, {
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      headers: { "content-type": "application/json" },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  await control("/settings", { readsPerMinute: 1_000_000, writesPerMinute: 1_000_000 });

  function request(path: string, { as, method = "GET", body, headers = {} }: Sent = {}): Request {
    return new Request(`${APP_URL}${path}`, {
      method,
      headers: {
        ...(as === undefined ? {} : { cookie: as.cookie }),
        ...(method === "GET" ? {} : { origin: APP_URL, "sec-fetch-site": "same-origin" }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: body instanceof Uint8Array ? new Blob([new Uint8Array(body)]) : JSON.stringify(body) }),
    });
  }

  async function consent(sellerId: string): Promise<{ code: string; codeVerifier: string }> {
    const codeVerifier = randomBytes(32).toString("base64url");
    const codeChallenge = createHash("sha256").update(codeVerifier).digest("base64url");
    const asked = new URL(
      authorizationUrl({
        authUrl: served.url,
        clientId: CLIENT.clientId,
        redirectUri: REDIRECT,
        state: "s",
        codeChallenge,
      }),
    );
    const answer = await fetch(`${served.url}/authorization`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ request: asked.search.slice(1), decision: "allow", seller_id: sellerId }),
    });
    const code = new URL(answer.headers.get("location") ?? APP_URL).searchParams.get("code");
    if (code === null) throw new Error(`no consent: ${answer.status}`);
    return { code, codeVerifier };
  }

  return {
    rt,
    apiUrl: served.url,
    control,
    async newSeller(seed = {}) {
      return fieldOf(
        await control("/sellers", { siteId: "MLA", nickname: "TIENDA DE PRUEBA", ...seed }),
        "id",
      );
    },
    async newThread(sellerId, thread) {
      return fieldOf(await control("/threads", { sellerId, thread }), "packId");
    },
    async signIn(sellerId, intent = { kind: "sign_in" }) {
      const { code, codeVerifier } = await consent(sellerId);
      const exchanged = await exchangeCode(
        { apiUrl: served.url, ...CLIENT },
        { code, codeVerifier, redirectUri: REDIRECT },
      );
      if (exchanged.kind !== "granted") throw new Error(`no grant: ${exchanged.kind}`);
      const owner = await whoAmI({ apiUrl: served.url }, exchanged.grant.accessToken);
      const connected = await connectAccount(rt, intent, exchanged.grant, owner);
      if (connected.kind !== "connected") throw new Error(`refused: ${connected.problem}`);
      const { kind: _kind, ...signedIn } = connected;
      const cookie = `${cookieName(rt.env, "session")}=${await sealSession(rt.env, signedIn)}`;
      return { ...signedIn, cookie };
    },
    request,
    call: (path, options) => dispatch(request(path, options)),
    answer: dispatch,
    async read(schema, path, options) {
      const response = await dispatch(request(path, options));
      const text = await response.text();
      if (!response.ok) throw new Error(`${options?.method ?? "GET"} ${path}: ${response.status} ${text}`);
      return schema.parse(JSON.parse(text));
    },
    async calls(wanted = {}) {
      const answer = await control(`/calls?${new URLSearchParams(wanted)}`);
      return z.object({ calls: z.array(Call) }).parse(answer).calls;
    },
    unread: async (sellerId) => Packs.parse(await control(`/unread?sellerId=${sellerId}`)).packs,
    held: async (packId) => Held.parse(await control(`/threads/${packId}`)),
    async close() {
      const wrong = await countDifferences(rt.database.pool);
      await rt.close();
      await served.close();
      await database.drop();
      if (wrong.length > 0) throw new Error(`kept counts differ from their lists: ${JSON.stringify(wrong)}`);
    },
  };
}

function fieldOf(value: unknown, name: string): string {
  if (typeof value === "object" && value !== null && name in value) {
    const field: unknown = Reflect.get(value, name);
    if (typeof field === "string") return field;
  }
  throw new Error(`the simulator answered no ${name}`);
}
