import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { actOnOutbox } from "./thread-calls";

const QUEUED = { id: "7", state: "queued", canRetry: false, sendsAt: new Date(), text: "Va" };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const gone = () => Promise.reject(new TypeError("Failed to fetch"));
const moved = (reason: string) => async () =>
  Response.json({ code: "conflict", title: "", status: 409, requestId: "r", reason }, { status: 409 });

/** The server answers so, one after the other. */
function answering(...answers: (() => Promise<Response>)[]) {
  const fetch = vi.fn(() => (answers.shift() ?? gone)());
  vi.stubGlobal("fetch", fetch);
  return fetch;
}
async function decided(act: "cancel" | "discard" | "retry" | "send_anyway") {
  const outcome = actOnOutbox(QUEUED, act).then(
    (value) => value,
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  return outcome;
}

it("takes a reply back although the answer to that was lost", async () => {
  const fetch = answering(gone, moved("cancelled"));
  expect(await decided("cancel")).toEqual({ ...QUEUED, state: "cancelled", sendsAt: null });
  expect(fetch).toHaveBeenCalledTimes(2);
});

it("says that it has left when that came first, and that somebody else took it back", async () => {
  answering(gone, moved("sending"));
  expect(await decided("cancel")).toMatchObject({ code: "conflict", detail: { reason: "sending" } });
  answering(moved("cancelled"));
  expect(await decided("discard")).toMatchObject({ code: "conflict", detail: { reason: "cancelled" } });
});

it("asks once for what would send", async () => {
  for (const act of ["retry", "send_anyway"] as const) {
    const fetch = answering(gone, gone);
    expect(await decided(act)).toMatchObject({ code: "offline" });
    expect(fetch).toHaveBeenCalledTimes(1);
  }
});
