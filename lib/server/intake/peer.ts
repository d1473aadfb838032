import "server-only";
import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";

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
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    const { request } = message;
    if (request instanceof IncomingMessage) request.headers[name] = request.socket.remoteAddress ?? "";
  });
  return name;
}
