import { createServer, type RequestListener } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { client, errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { createMeli, type Meli } from "./http";
import type { Route } from "./paths";

/** A real server and Node's own fetch: what breaks on a real wire is what is told apart. */
const open: (() => Promise<void>)[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

/** Lets the real network run while the client's own clock stands still: what was written has arrived many turns ago. */
const settle = async () => {
  for (let turns = 0; turns < 500; turns += 1) await new Promise((resolve) => setImmediate(resolve));
};

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((close) => close()));
});

function on(apiUrl: string) {
  const calls: (number | null)[] = [];
  const meli = createMeli({
    ...client([{}]).meli,
    apiUrl,
    lane: "reconcile",
    budget: { take: async () => {}, pushBack: async () => {} },
    tokens: { access: async () => "t0ken-value", renew: async () => "t0ken-other" },
    calls: { record: (call) => void calls.push(call.status) },
    logger: { warn() {}, info() {}, debug() {} },
    sleep: async () => {},
  });
  return { meli, calls };
}

const read: Route = { method: "GET", family: "orders", path: "/orders/1", query: {} };
const write: Route = { method: "POST", family: "messages", path: "/messages/attachments", query: {} };
const anything = z.unknown();

describe("on a real wire", () => {
  it("knows that a refused connection sent nothing", async () => {
    const url = await serve(() => {});
    await Promise.all(open.splice(0).map((close) => close()));
    const { meli, calls } = on(url);
    const error = await errorOf(meli.wire.write(write, () => "{}", anything));
    expect(error).toMatchObject({ code: "meli_down", failure: { status: null, mayHaveApplied: false } });
    expect(String((error instanceof Error && error.cause) || "")).toContain("ECONNREFUSED");
    expect(calls).toEqual([null]);
  });

  it("knows that a connection lost after the request may have applied it", async () => {
    const { meli } = on(await serve((request) => request.resume().on("end", () => request.socket.destroy())));
    const error = await errorOf(meli.wire.write(write, () => "{}", anything));
    expect(error).toMatchObject({ code: "meli_down", failure: { status: null, mayHaveApplied: true } });
  });

  it("knows that a body shorter than its length may have applied it", async () => {
    const { meli, calls } = on(
      await serve((request, response) => {
        response.writeHead(201, { "content-length": "100" });
        response.write('{"id":"a');
        request.resume();
        setTimeout(() => request.socket.destroy(), 20);
      }),
    );
    const error = await errorOf(meli.wire.write(write, () => "{}", anything));
    expect(error).toMatchObject({
      code: "meli_down",
      failure: { code: "cut", status: 201, mayHaveApplied: true },
    });
    expect(calls).toEqual([201]);
  });

  it("reads again after a body was cut", async () => {
    let n = 0;
    const { meli, calls } = on(
      await serve((request, response) => {
        n += 1;
        if (n > 1) return void response.end('{"ok":true}');
        response.writeHead(200, { "content-length": "100" });
        response.write('{"o');
        setTimeout(() => request.socket.destroy(), 20);
      }),
    );
    expect(await meli.wire.read(read, anything)).toEqual({ ok: true });
    expect(calls).toEqual([200, 200]);
  });

  it.each([
    ["an answer", 10_000, (meli: Meli) => meli.wire.read(read, anything, { tries: 1 })],
    [
      "a file",
      20_000,
      async (meli: Meli) => new Response((await meli.wire.download(read)).body).arrayBuffer(),
    ],
  ])("gives up on %s that stops in the middle, after %i ms", async (_name, ms, use) => {
    let written: () => void = () => {};
    const isWritten = new Promise<void>((resolve) => {
      written = resolve;
    });
    const { meli } = on(
      await serve((_, response) => response.writeHead(200).write('{"half":', () => written())),
    );
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let ending: unknown;
    const watched = errorOf(use(meli)).then((error) => {
      ending = error;
    });
    await isWritten;
    await settle();
    await vi.advanceTimersByTimeAsync(ms - 1);
    await settle();
    expect(ending).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await watched;
    expect(ending).toMatchObject({ code: "meli_down", failure: { code: "timeout", status: 200 } });
  });

  it("does not carry the token to where a redirect points", async () => {
    const reached: string[] = [];
    const elsewhere = await serve((request, response) => {
      reached.push(String(request.headers.authorization));
      response.end("{}");
    });
    const { meli } = on(await serve((_, response) => response.writeHead(302, { location: elsewhere }).end()));
    expect(await errorOf(meli.wire.read(read, anything))).toMatchObject({ code: "meli_unreadable" });
    expect(reached).toEqual([]);
  });

  it("sends a file as multipart with a boundary, under a base address with a path", async () => {
    const seen: string[] = [];
    const base = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        seen.push(
          String(request.url),
          String(request.headers["content-type"]),
          Buffer.concat(chunks).toString(),
        );
        response.writeHead(201).end('{"id":"k"}');
      });
    });
    const { meli } = on(`${base}/prefix/`);
    const form = () => {
      const data = new FormData();
      data.append("file", new File(["hola"], "ñandú.txt", { type: "text/plain" }));
      return data;
    };
    expect(await meli.wire.write(write, form, anything)).toEqual({ id: "k" });
    expect(seen[0]).toBe("/prefix/messages/attachments");
    expect(seen[1]).toMatch(/^multipart\/form-data; boundary=/);
    expect(seen[2]).toContain('name="file"; filename="ñandú.txt"');
  });

  it("lets go of the server when a download is no longer wanted", async () => {
    let closed: () => void = () => {};
    const letGo = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { meli } = on(
      await serve((request, response) => {
        request.socket.on("close", closed);
        const timer = setInterval(() => response.write(Buffer.alloc(64 * 1024)), 5);
        response.on("close", () => clearInterval(timer));
      }),
    );
    const file = await meli.wire.download(read);
    const reader = file.body.getReader();
    await reader.read();
    await reader.cancel();
    await letGo;
  });
});
