import "server-only";
import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";

const shared = globalThis as typeof globalThis & { buzonPeerHeader?: string };

/** Notes the address of the socket on every request that this process's HTTP server gets, under a header whose name nobody
 *  outside can know, and returns that name. Next tells a handler of the socket only through `x-forwarded-for`, and only
 *  when the client sent none (next/dist/server/base-server.js): whoever sends the header could name any address. */
export function peerHeader(): string {
  shared.buzonPeerHeader ??= listenForPeers();
  return shared.buzonPeerHeader;
}

function listenForPeers(): string {
  const name = `x-buzon-peer-${randomBytes(16).toString("hex")}`;
  subscribe("http.server.request.start", (message) => {
    const request = partOf(message, "request");
    const headers = partOf(request, "headers");
    const address = Reflect.get(partOf(request, "socket") ?? {}, "remoteAddress");
    if (headers !== null && typeof address === "string") Reflect.set(headers, name, address);
  });
  return name;
}

function partOf(whole: unknown, name: string): object | null {
  if (typeof whole !== "object" || whole === null) return null;
  const part: unknown = Reflect.get(whole, name);
  return typeof part === "object" ? part : null;
}
