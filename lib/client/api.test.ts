import { afterEach, expect, it, vi } from "vitest";
import { Done } from "@/lib/shared/api/common";
import { call } from "./api";

afterEach(() => vi.unstubAllGlobals());

const answered = (response: () => Promise<Response>) => vi.stubGlobal("fetch", response);

it.each([502, 503, 504])(
  "takes a proxy's %d for no answer of ours: what is safe to repeat is repeated",
  async (status) => {
    answered(async () => new Response("<html>bad gateway</html>", { status }));
    await expect(call(Done, "/api/x")).rejects.toMatchObject({ code: "offline" });
  },
);

it("takes our own 503 for what it says", async () => {
  const problem = { code: "meli_down", title: "", status: 503, requestId: "r" };
  answered(async () => Response.json(problem, { status: 503 }));
  await expect(call(Done, "/api/x")).rejects.toMatchObject({ code: "meli_down" });
});

it("stops waiting for a server that died with the request", async () => {
  vi.stubGlobal(
    "fetch",
    (_path: string, { signal }: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  );
  await expect(call(Done, "/api/x", { method: "POST", timeoutMs: 20 })).rejects.toMatchObject({
    code: "offline",
  });
});

it("takes an answer that breaks off for none, whatever its status said", async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"ok":'));
      controller.error(new TypeError("network error"));
    },
  });
  answered(async () => new Response(body, { status: 200 }));
  await expect(call(Done, "/api/x")).rejects.toMatchObject({ code: "offline" });
  answered(async () => new Response('{"ok":', { status: 200 }));
  await expect(call(Done, "/api/x")).rejects.toMatchObject({ code: "bug" });
});
