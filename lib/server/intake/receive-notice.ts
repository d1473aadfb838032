import "server-only";
import { randomUUID } from "node:crypto";
import type { BlockList } from "node:net";
import { sayHttpsOnly } from "@/lib/server/http/https-only";
import { readLimited } from "@/lib/server/http/route";
import { parseNotice, type ReadNotice } from "@/lib/server/mercadolibre/notifications";
import { count } from "@/lib/server/metrics/count";
import { type Runtime, runtime } from "@/lib/server/runtime";
import { isConnectionLost } from "@/lib/server/store/connection-lost";
import { insertNotices, type NewNotice } from "@/lib/server/store/notices";
import { AppError } from "@/lib/shared/errors";
import { type Batcher, createBatcher } from "./batch";
import { peerHeader } from "./peer";
import { addressList, clientAddress, isListed } from "./source";

/** Far more than any envelope has (notifications.md 3). */
const LIMIT = 64 * 1024;
const BATCH = { inFlight: 2, largest: 200, room: 5_000 } as const;

/** Every way in which we say no, and what a log or a tool reads of it. */
const REFUSALS = {
  malformed: { status: 400, title: "This is not a notification" },
  too_large: { status: 413, title: "A notification is not that large" },
  foreign_application: { status: 403, title: "The notification is for another application" },
  foreign_source: { status: 403, title: "Notifications are not taken from this address" },
  busy: { status: 503, title: "The notification could not be stored: send it again" },
} as const;
type Refusal = keyof typeof REFUSALS;

class Refused extends Error {
  override readonly name = "Refused";
  readonly why: Refusal;

  constructor(why: Refusal, cause?: unknown) {
    super(why, { cause });
    this.why = why;
  }
}

interface Intake {
  sources: BlockList | null;
  trusted: BlockList;
  batcher: Batcher<NewNotice>;
}

const PEER = peerHeader();
const shared = globalThis as typeof globalThis & { buzonIntake?: Intake };

function intakeOf(rt: Runtime): Intake {
  const { notificationSources, trustedProxies } = rt.env;
  shared.buzonIntake ??= {
    sources: notificationSources.length === 0 ? null : addressList(notificationSources),
    trusted: addressList(trustedProxies),
    batcher: createBatcher((batch) => insertNotices(rt.db, batch), {
      ...BATCH,
      // A stranger's notification must never take others down with it.
      isOneAtFault: (error) => !isConnectionLost(error),
    }),
  };
  return shared.buzonIntake;
}

/** Mercado Libre's callback: 200 once the notification is durable, within its 500 ms (notifications.md 4). What is
 *  well-formed is never refused, or the topic could be switched off; nothing is asked of Mercado Libre here. */
export async function receiveNotice(request: Request): Promise<Response> {
  const requestId = randomUUID();
  const rt = runtime();
  let response: Response;
  try {
    const read = await take(rt, request);
    count("notifications", labelsOf(read));
    response = new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
  } catch (error) {
    const why = error instanceof Refused ? error.why : "busy";
    count("notifications", { topic: "", result: why });
    if (why === "busy") rt.log.error({ err: error, requestId }, "a notification was not stored");
    else rt.log.info({ requestId, why }, "a notification was refused");
    response = refusal(why, requestId);
  }
  response.headers.set("x-request-id", requestId);
  sayHttpsOnly(response);
  return response;
}

async function take(rt: Runtime, request: Request): Promise<Exclude<ReadNotice, { kind: "refused" }>> {
  const { sources, trusted, batcher } = intakeOf(rt);
  if (sources !== null) {
    const peer = request.headers.get(PEER);
    // The very first request of a process may have come before we listened: it is sent again.
    if (peer === null || peer === "") throw new Refused("busy", "the sender's address is not known");
    const address = clientAddress(peer, request.headers.get("x-forwarded-for"), trusted);
    if (!isListed(sources, address)) throw new Refused("foreign_source");
  }
  const read = parseNotice(await textOf(request), rt.env.meli.clientId);
  if (read.kind === "refused") throw new Refused(read.why);
  if (read.kind === "notice") await batcher.add({ ...read.notice, source: "push" });
  return read;
}

async function textOf(request: Request): Promise<string> {
  try {
    return (await readLimited(request, LIMIT)).toString("utf8");
  } catch (error) {
    throw new Refused(error instanceof AppError && error.code === "too_large" ? "too_large" : "malformed");
  }
}

/** Topics we know nothing of are counted together: their names are a stranger's words. */
function labelsOf(read: Exclude<ReadNotice, { kind: "refused" }>): Record<string, string> {
  if (read.kind === "notice") return { topic: read.notice.topic, result: "stored" };
  return { topic: read.why === "unmatched_resource" ? read.topic : "", result: read.why };
}

function refusal(why: Refusal, requestId: string): Response {
  const { status, title } = REFUSALS[why];
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (status === 503) headers.set("retry-after", "1");
  return new Response(JSON.stringify({ code: why, title, status, requestId }), { status, headers });
}
