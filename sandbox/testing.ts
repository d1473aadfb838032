import { createHash, randomBytes } from "node:crypto";
import type { Sandbox } from "@/sandbox/create-sandbox";

export const REDIRECT = "http://localhost:3000/api/auth/callback/mercadolibre";
const BASE = "http://sandbox.test";

/** What tests do with a sandbox in their own process. */
export interface Driver {
  get(path: string, token?: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, token: string | undefined, body: unknown): Promise<Reply>;
  form(path: string, fields: Record<string, string>): Promise<Reply>;
  upload(path: string, token: string, file: File): Promise<Reply>;
  control(path: string, body?: unknown): Promise<Reply>;
  /** Walks the whole grant: consent, code, tokens. */
  connect(sellerId: string): Promise<{ access: string; refresh: string }>;
  /** Consents and answers the code with its verifier. */
  consent(
    sellerId: string,
    change?: Record<string, string>,
  ): Promise<{ code: string; verifier: string; location: string }>;
  exchange(code: string, verifier: string, change?: Record<string, string>): Promise<Reply>;
  refresh(token: string): Promise<Reply>;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

/** A value deep inside a JSON body: `at(body, "messages", 0, "id")`; undefined when any step is missing. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (here === null || typeof here !== "object") return undefined;
    here = Object.entries(here).find(([name]) => name === String(step))?.[1];
  }
  return here;
}

/** The same as text; "" when it is missing. */
export function textAt(value: unknown, ...path: (string | number)[]): string {
  const found = at(value, ...path);
  return found === undefined || found === null ? "" : String(found);
}

/** A list deep inside a JSON body; empty when it is missing. */
export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Wraps a sandbox for tests. */
export function drive(sandbox: Sandbox): Driver {
  const send = async (path: string, init: RequestInit = {}): Promise<Reply> => {
    const response = await sandbox.fetch(new Request(`${BASE}${path}`, init));
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  const bearer = (token?: string): Record<string, string> =>
    token ? { authorization: `Bearer ${token}` } : {};
  const json = (body: unknown) => ({ method: "POST", body: JSON.stringify(body) });
  const form = (path: string, fields: Record<string, string>) =>
    send(path, { method: "POST", body: new URLSearchParams(fields) });

  const driver: Driver = {
    get: (path, token, headers) => send(path, { headers: { ...bearer(token), ...headers } }),
    post: (path, token, body) =>
      send(path, { ...json(body), headers: { ...bearer(token), "content-type": "application/json" } }),
    form,
    upload: (path, token, file) => {
      const body = new FormData();
      body.set("file", file);
      return send(path, { method: "POST", body, headers: bearer(token) });
    },
    control: (path, body) => send(`/__sandbox${path}`, body === undefined ? {} : json(body)),
    async consent(sellerId, change = {}) {
      const verifier = randomBytes(32).toString("base64url");
      const request = new URLSearchParams({
        response_type: "code",
        client_id: "1000000000000001",
        redirect_uri: REDIRECT,
        state: "state-1",
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
        ...change,
      });
      const reply = await form("/authorization", {
        request: request.toString(),
        decision: "allow",
        seller_id: sellerId,
      });
      const location = reply.headers.get("location") ?? "";
      const code = location ? (new URL(location).searchParams.get("code") ?? "") : "";
      return { code, verifier, location };
    },
    exchange: (code, verifier, change = {}) =>
      form("/oauth/token", {
        ...client,
        grant_type: "authorization_code",
        code,
        redirect_uri: REDIRECT,
        code_verifier: verifier,
        ...change,
      }),
    refresh: (token) =>
      form("/oauth/token", { ...client, grant_type: "refresh_token", refresh_token: token }),
    async connect(sellerId) {
      const { code, verifier } = await driver.consent(sellerId);
      const { body } = await driver.exchange(code, verifier);
      return { access: textAt(body, "access_token"), refresh: textAt(body, "refresh_token") };
    },
  };
  return driver;
}

const client = { client_id: "1000000000000001", client_secret: "sandbox-secret" };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
