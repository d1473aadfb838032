import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startSignin } from "./start-signin";

const CONSENT = "https://auth.test/authorization?state=1";
const csrf = async () => Response.json({ csrfToken: "t" });
const started = async () => Response.json({ url: CONSENT });
const gateway = async () => new Response("<html>bad gateway</html>", { status: 502 });
const gone = () => Promise.reject(new TypeError("Failed to fetch"));

let assign: ReturnType<typeof vi.fn>;

beforeEach(() => {
  vi.useFakeTimers();
  assign = vi.fn();
  vi.stubGlobal("window", { location: { assign }, addEventListener: () => undefined });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Presses the button of a page whose server answers so, one after the other. */
async function press(...answers: (() => Promise<Response>)[]) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (path: string, init?: { body: URLSearchParams }) => {
    asked.push(`${path} ${init?.body ?? ""}`.trim());
    return (answers.shift() ?? gone)();
  });
  const outcome = startSignin({ site: "MLA", connect: null }).catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return { asked, outcome: await outcome };
}

it("goes to the consent page that our server names", async () => {
  const { asked } = await press(csrf, started);
  expect(assign.mock.calls).toEqual([[CONSENT]]);
  expect(asked).toEqual([
    "/api/auth/csrf",
    "/api/auth/signin/mercadolibre?site=MLA csrfToken=t&callbackUrl=%2Finbox&json=true",
  ]);
});

it("asks again while the server is not there, and goes once", async () => {
  await press(csrf, gateway, gone, csrf, started);
  expect(assign.mock.calls).toEqual([[CONSENT]]);
});

it("says that there is no connection when that lasts, and asks once where it is refused", async () => {
  const lost = await press();
  expect(lost.outcome).toMatchObject({ code: "offline" });
  const refused = await press(csrf, async () => new Response("", { status: 400 }));
  expect(refused.outcome).toMatchObject({ code: "bug" });
  expect(refused.asked).toHaveLength(2);
  expect(assign).not.toHaveBeenCalled();
});
