import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { Transport } from "@/lib/server/push/sender";

/** One browser as its push service knows it: what it tells our server, and what only it holds. */
export interface TestBrowser {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
  /** What a push message says, for this browser alone. @throws Error when it was not meant for it. */
  open(body: Buffer): unknown;
}

export interface Received {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** A push service on this machine. Browsers subscribe under the name of a real one; `transport` leads that name here. */
export interface PushService {
  received: Received[];
  /** What it answers from now on: to the next requests one after the other, the last for good. */
  answers: { status: number; headers?: Record<string, string> }[];
  browser(): TestBrowser;
  transport: Transport;
  close(): Promise<void>;
}

const NAME = "https://fcm.googleapis.com";

export async function createPushService(): Promise<PushService> {
  const received: Received[] = [];
  const service: Pick<PushService, "answers"> = { answers: [{ status: 201 }] };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    received.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks) });
    const answer = (service.answers.length > 1 ? service.answers.shift() : service.answers[0]) ?? {
      status: 201,
    };
    response.writeHead(answer.status, answer.headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return Object.assign(service, {
    received,
    browser: createBrowser,
    transport: (url: string, init: RequestInit) =>
      fetch(url.replace(NAME, `http://127.0.0.1:${address.port}`), init),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

function createBrowser(): TestBrowser {
  const keys = createECDH("prime256v1");
  keys.generateKeys();
  const auth = randomBytes(16);
  return {
    subscription: {
      endpoint: `${NAME}/fcm/send/${randomBytes(12).toString("base64url")}`,
      keys: { p256dh: keys.getPublicKey("base64url"), auth: auth.toString("base64url") },
    },
    open(body) {
      // RFC 8188: salt, record size, length of the sender's key, that key; then one record.
      const salt = body.subarray(0, 16);
      const keyEnd = 21 + (body[20] ?? 0);
      const theirs = body.subarray(21, keyEnd);
      // RFC 8291, 3.4.
      const secret = keys.computeSecret(theirs);
      const info = Buffer.concat([Buffer.from("WebPush: info\0"), keys.getPublicKey(), theirs]);
      const ikm = Buffer.from(hkdfSync("sha256", secret, auth, info, 32));
      const part = (name: string, length: number) =>
        Buffer.from(hkdfSync("sha256", ikm, salt, `Content-Encoding: ${name}\0`, length));
      const decipher = createDecipheriv("aes-128-gcm", part("aes128gcm", 16), part("nonce", 12));
      decipher.setAuthTag(body.subarray(-16));
      const plain = Buffer.concat([decipher.update(body.subarray(keyEnd, -16)), decipher.final()]);
      // The record ends with the mark of the last one.
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString("utf8"));
    },
  };
}
