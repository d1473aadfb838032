import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { listAt, textAt } from "@/sandbox/testing";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

/** Starts the process and gathers what it prints until it prints a line or ends. */
async function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts"], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let out = "";
  child.stdout.on("data", (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    out += data.toString();
  });
  const exit = once(child, "exit").then(([code]) => Number(code));
  await expect.poll(() => out, { timeout: 40_000 }).toContain("\n");
  return { child, exit, out: () => out, url: /http:\/\/\S+/.exec(out)?.[0] ?? "" };
}

describe("the process", { timeout: 120_000 }, () => {
  it("prints one line with its address, serves the shops, and ends at SIGTERM with an open connection", async () => {
    const { child, exit, out, url } = await start({ SANDBOX_PORT: "0" });
    expect(out().trim().split("\n")).toHaveLength(1);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const state: unknown = await (await fetch(`${url}/__sandbox/state`)).json();
    expect(listAt(state, "sellers")).toHaveLength(4);
    child.kill("SIGTERM");
    expect(await exit).toBe(0);
  });

  it("tells the address of SANDBOX_CALLBACK_URL what happens, every known topic ticked", async () => {
    const SANDBOX_CALLBACK_URL = "http://127.0.0.1:9/hook";
    const { url } = await start({ SANDBOX_PORT: "0", SANDBOX_SCENARIO: "empty", SANDBOX_CALLBACK_URL });
    const body: unknown = await (await fetch(`${url}/__sandbox/notifications`)).json();
    expect(textAt(body, "subscriptions", 0, "callbackUrl")).toBe(SANDBOX_CALLBACK_URL);
    const topics = listAt(body, "subscriptions", 0, "topics").map((one) => textAt(one, "topic"));
    expect(topics).toEqual(expect.arrayContaining(["messages", "marketplace_messages", "orders_v2"]));
  });

  it("says in one line that the port is taken, or no port at all", async () => {
    const { url } = await start({ SANDBOX_PORT: "0", SANDBOX_SCENARIO: "empty" });
    const second = await start({ SANDBOX_PORT: new URL(url).port });
    expect(second.out()).toMatch(/^The sandbox cannot listen on port \d+: .*EADDRINUSE.*\n$/);
    expect(await second.exit).toBe(1);
    const third = await start({ SANDBOX_PORT: "many" });
    expect(third.out()).toBe('SANDBOX_PORT must be a port number, not "many"\n');
    expect(await third.exit).toBe(1);
    const fourth = await start({ SANDBOX_CALLBACK_URL: "somewhere" });
    expect(fourth.out()).toBe('SANDBOX_CALLBACK_URL must be an address, not "somewhere"\n');
    expect(await fourth.exit).toBe(1);
  });
});
