import { Agent, request } from "node:http";

/** Asks for one address with `connections` kept-alive connections until `count` answers have come, and returns the time
 *  of each in ms. @throws Error for an answer other than 200. */
export async function load(
  url: string,
  o: { cookie: string; connections: number; count: number },
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: o.connections });
  const times: number[] = [];
  let left = o.count;
  async function lane(): Promise<void> {
    while (left > 0) {
      left -= 1;
      const startedAt = performance.now();
      await get(url, o.cookie, agent);
      times.push(performance.now() - startedAt);
    }
  }
  await Promise.all(Array.from({ length: o.connections }, lane));
  agent.destroy();
  return times;
}

/** One GET over an agent; resolves with the body. */
export function get(url: string, cookie: string, agent?: Agent): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { ...(agent === undefined ? {} : { agent }), headers: { cookie } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () =>
          answer.statusCode === 200
            ? resolve(Buffer.concat(chunks))
            : reject(new Error(`${url}: ${answer.statusCode}`)),
        );
        answer.on("error", reject);
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}
