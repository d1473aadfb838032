import { Agent, get, type IncomingMessage } from "node:http";
import { afterEach, expect, it } from "vitest";
import { type Child, startChild } from "@/scripts/testing/child";

let child: Child;
const agent = new Agent({ keepAlive: true });

afterEach(async () => {
  agent.destroy();
  await child.kill();
});

const open = (port: string, path: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(`http://127.0.0.1:${port}${path}`, { agent }, resolve).on("error", reject);
  });

it("ends its streams and closes what is kept for later, and the process is gone at once", async () => {
  child = startChild("scripts/testing/drain-process.ts");
  const port = (await child.line()) ?? "";
  const stream = await open(port, "/stream");
  await new Promise((resolve) => stream.once("data", resolve));
  const page = await open(port, "/");
  await new Promise((resolve) => page.resume().once("end", resolve));

  const ended = new Promise((resolve) => stream.resume().once("end", resolve));
  child.say("stop");
  await ended;
  // Nothing more is printed by a process that is gone. Connections are kept for 70 s, and cut after 8: with 143.
  expect(await child.line()).toBeNull();
  expect(await child.exited).toBe(0);
});
