import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { type CallRecord, createMeli, type Lane, type Meli } from "@/lib/server/mercadolibre/http";
import { exchangeCode, type OauthApp, refreshGrant, type TokenGrant } from "@/lib/server/mercadolibre/oauth";
import { marketplaceUsers } from "@/lib/server/mercadolibre/users";
import { authorizationUrl } from "./authorization-url";

export const REDIRECT = "http://localhost:3000/api/auth/callback/mercadolibre";
export const PROFILES = ["LOCAL", "GLOBAL"] as const;
type Profile = (typeof PROFILES)[number];

const Seeded = z.looseObject({
  packId: z.string(),
  orderIds: z.array(z.string()),
  buyerId: z.string(),
  messages: z.array(z.object({ id: z.string(), text: z.string() })),
});
const Seller = z.looseObject({ id: z.string(), nickname: z.string() });

/** An account that signed in, and what its client did. */
export interface Connected {
  meli: Meli;
  calls: CallRecord[];
  pauses: number[];
  grants: TokenGrant[];
  warnings: string[];
}

export type Lab = ReturnType<typeof createLab>;

/** A sandbox in this process, or one that is served somewhere, with everything that a contract test does to it. */
export function createLab(server: { fetch(request: Request): Promise<Response> } | { url: string }) {
  const apiUrl = "url" in server ? server.url : "http://sandbox.test";
  const reach: typeof fetch =
    "url" in server ? fetch : (input, init) => server.fetch(new Request(input, init));
  const app: OauthApp = {
    apiUrl,
    clientId: "1000000000000001",
    clientSecret: "sandbox-secret",
    fetch: reach,
  };
  async function control(path: string, body?: object): Promise<unknown> {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await reach(`${apiUrl}/__sandbox${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  const newSeller = async (profile: Profile, more: object = {}) =>
    Seller.parse(
      await control("/sellers", {
        siteId: profile === "LOCAL" ? "MLA" : "CBT",
        nickname: "TIENDA DE PRUEBA",
        ...(profile === "GLOBAL" ? { marketplaces: ["MLM", "MLB"] } : {}),
        ...more,
      }),
    ).id;

  const newThread = async (sellerId: string, thread: object) =>
    Seeded.parse(await control("/threads", { sellerId, thread }));

  async function consent(sellerId: string): Promise<{ code: string; codeVerifier: string }> {
    const codeVerifier = randomBytes(32).toString("base64url");
    const asked = new URL(
      authorizationUrl({
        authUrl: apiUrl,
        clientId: app.clientId,
        redirectUri: REDIRECT,
        state: "st",
        codeChallenge: createHash("sha256").update(codeVerifier).digest("base64url"),
      }),
    );
    const form = new URLSearchParams({
      request: asked.search.slice(1),
      decision: "allow",
      seller_id: sellerId,
    });
    const answer = await reach(`${apiUrl}/authorization`, { method: "POST", body: form, redirect: "manual" });
    const back = new URL(answer.headers.get("location") ?? "");
    if (back.searchParams.get("state") !== "st") throw new Error("the state did not come back");
    return { code: back.searchParams.get("code") ?? "", codeVerifier };
  }

  async function grantOf(sellerId: string): Promise<TokenGrant> {
    const result = await exchangeCode(app, { ...(await consent(sellerId)), redirectUri: REDIRECT });
    if (result.kind !== "granted") throw new Error(`not granted: ${JSON.stringify(result)}`);
    return result.grant;
  }

  async function connect(sellerId: string, profile: Profile, lane: Lane = "reconcile"): Promise<Connected> {
    const grants = [await grantOf(sellerId)];
    const calls: CallRecord[] = [];
    const pauses: number[] = [];
    const warnings: string[] = [];
    const current = () => grants.at(-1)?.accessToken ?? "";
    const meli = createMeli({
      apiUrl,
      profile,
      accountId: sellerId,
      lane,
      budget: { take: async () => {}, pushBack: async () => {} },
      tokens: {
        access: async () => current(),
        renew: async () => {
          const result = await refreshGrant(app, {
            refreshToken: grants.at(-1)?.refreshToken ?? "",
            journal: async () => {},
          });
          if (result.kind !== "granted") throw new Error("not renewed");
          grants.push(result.grant);
          return current();
        },
      },
      calls: { record: (call) => void calls.push(call) },
      logger: {
        warn: (fields, words) => void warnings.push(`${words} ${JSON.stringify(fields)}`),
        info() {},
        debug() {},
      },
      fetch: reach,
      sleep: async (ms) => void pauses.push(ms),
    });
    return { meli, calls, pauses, grants, warnings };
  }

  const unreadHeld = async (sellerId: string) =>
    JSON.stringify(await control(`/unread?sellerId=${sellerId}`));

  /** The user id that a pack's seller goes by: a local one, also for GLOBAL. */
  const localIdOf = async (one: Connected, sellerId: string) =>
    one.meli.profile === "LOCAL" ? sellerId : ((await marketplaceUsers(one.meli, sellerId))[0]?.userId ?? "");

  return { app, control, newSeller, newThread, consent, grantOf, connect, unreadHeld, localIdOf };
}

/** So many messages, the buyer's and the seller's by turns; the buyer's are unread. */
export const talk = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    from: index % 2 === 0 ? "buyer" : "seller",
    text: `mensaje ${index + 1}`,
    minutesAgo: (count - index) * 60,
    ...(index % 2 === 0 ? { unread: true } : {}),
  }));
