import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

/** What came back for one POST, within the deadline or not. */
export interface Sent {
  status: number | null;
  /** From the first byte sent to the answer's status line. */
  ms: number;
  error?: string;
}

/** Hands a request to the receiver inside this process, instead of the network. */
export type Deliver = (request: Request) => Promise<Response>;

const IN_FLIGHT = 64;
/** An answer's body is ignored (notifications.md 4); a connection whose answer never ends is given up. */
const BODY_MS = 5_000;

interface Job {
  url: string;
  body: string;
  deadlineMs: number;
  done: (sent: Sent) => void;
}

/** POSTs notices, at most 64 at once, over connections that stay open. Redirects are not followed (notifications.md 11). */
export class Sender {
  private readonly queue: Job[] = [];
  private next = 0;
  private inFlight = 0;
  private readonly deliver: Deliver | null;
  private readonly http = new HttpAgent({ keepAlive: true, maxFreeSockets: IN_FLIGHT });
  private readonly https = new HttpsAgent({ keepAlive: true, maxFreeSockets: IN_FLIGHT });

  constructor(deliver: Deliver | null) {
    this.deliver = deliver;
  }

  /** One POST; the deadline runs from its own first byte, not from the place in the queue. Never rejects. */
  send(url: string, body: string, deadlineMs: number): Promise<Sent> {
    return new Promise((done) => {
      this.queue.push({ url, body, deadlineMs, done });
      this.pump();
    });
  }

  /** Closes the connections that are kept open. */
  close(): void {
    this.http.destroy();
    this.https.destroy();
  }

  private pump(): void {
    while (this.inFlight < IN_FLIGHT) {
      const job = this.queue[this.next];
      if (!job) break;
      this.next += 1;
      this.inFlight += 1;
      const sent = this.deliver ? inProcess(this.deliver, job) : this.overHttp(job);
      void sent.then((result) => {
        this.inFlight -= 1;
        job.done(result);
        this.pump();
      });
    }
    // what was taken is let go in one cut, not one by one
    if (this.next > 1_000 || this.next === this.queue.length) {
      this.queue.splice(0, this.next);
      this.next = 0;
    }
  }

  private overHttp(job: Job): Promise<Sent> {
    return new Promise((resolve) => {
      const startedAt = performance.now();
      const isSecure = job.url.startsWith("https:");
      const open = (): void => {
        const request = (isSecure ? httpsRequest : httpRequest)(job.url, {
          method: "POST",
          agent: isSecure ? this.https : this.http,
          headers: headersOf(job.body),
        });
        const end = (status: number | null, error?: string) => {
          clearTimeout(timer);
          resolve({ status, ms: since(startedAt), ...(error === undefined ? {} : { error }) });
        };
        // an answer that is already here is read before its lateness is judged
        const timer = setTimeout(
          () => setImmediate(() => request.destroy(new Error("timeout"))),
          job.deadlineMs,
        );
        request.on("response", (response) => {
          end(response.statusCode ?? null);
          const giveUp = setTimeout(() => response.destroy(), BODY_MS).unref();
          response.on("error", () => undefined);
          response.on("close", () => clearTimeout(giveUp));
          response.resume();
        });
        request.on("error", (error: NodeJS.ErrnoException) => {
          // the receiver closed an idle connection at the moment it was used again: not its failure
          if (request.reusedSocket && error.code === "ECONNRESET" && error.message !== "timeout") {
            clearTimeout(timer);
            open();
          } else {
            end(null, error.message === "timeout" ? "timeout" : (error.code ?? error.message));
          }
        });
        request.end(job.body);
      };
      open();
    });
  }
}

async function inProcess(deliver: Deliver, { url, body, deadlineMs }: Job): Promise<Sent> {
  const startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Sent>((resolve) => {
    timer = setTimeout(() => resolve({ status: null, ms: since(startedAt), error: "timeout" }), deadlineMs);
  });
  const request = new Request(url, { method: "POST", headers: headersOf(body), body });
  const answered = deliver(request).then(
    ({ status }): Sent => ({ status, ms: since(startedAt) }),
    (error: unknown): Sent => ({ status: null, ms: since(startedAt), error: String(error) }),
  );
  const sent = await Promise.race([answered, late]);
  clearTimeout(timer);
  return sent;
}

/** As recorded by missed feeds: no signature, no fixed user agent (notifications.md 3). */
export function headersOf(body: string): Record<string, string> {
  return {
    accept: "application/json",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
  };
}

function since(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 10) / 10;
}
