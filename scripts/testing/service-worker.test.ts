import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { notificationOf } from "@/lib/server/push/notification";

/** public/sw.js as it stands, in a world of its own; only the browser around it is made here. */

const ORIGIN = "https://inbox.test";
const SOURCE = readFileSync(join(import.meta.dirname, "../../public/sw.js"), "utf8");

interface Shown {
  title: string;
  options: { tag: string; data: { url: string } } & Record<string, unknown>;
}

let listeners: Map<string, (event: object) => void>;
let shown: Shown[];
let windows: { url: string; focus: () => Promise<void>; navigate: (url: string) => Promise<void> }[];
let acts: string[];
let answers: Record<string, { status: number; body: object }>;
let requests: { path: string; init: RequestInit | undefined }[];
let subscribed: object[];

beforeEach(() => {
  [listeners, shown, windows, acts, requests, subscribed] = [new Map(), [], [], [], [], []];
  answers = {};
  const self = {
    location: { origin: ORIGIN },
    addEventListener: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
    skipWaiting: () => acts.push("skipWaiting"),
    clients: {
      claim: async () => acts.push("claim"),
      matchAll: async ({ type }: { type: string }) => (type === "window" ? windows : []),
      openWindow: async (url: string) => acts.push(`open ${url}`),
    },
    registration: {
      showNotification: async (title: string, options: Shown["options"]) => shown.push({ title, options }),
      pushManager: {
        subscribe: async (options: object) => {
          subscribed.push(options);
          return { endpoint: "https://fcm.googleapis.com/fcm/send/new", keys: { p256dh: "p", auth: "a" } };
        },
      },
    },
  };
  const fetch = async (path: string, init?: RequestInit) => {
    requests.push({ path, init });
    const { status, body } = answers[`${init?.method ?? "GET"} ${path}`] ?? { status: 401, body: {} };
    return new Response(JSON.stringify(body), { status });
  };
  runInContext(SOURCE, createContext({ self, fetch, URL, JSON }));
});

/** Lets the browser fire an event and waits for what the worker asks it to wait for. */
async function fire(name: string, event: object = {}): Promise<void> {
  const waits: Promise<unknown>[] = [];
  listeners.get(name)?.({ ...event, waitUntil: (work: Promise<unknown>) => waits.push(work) });
  await Promise.all(waits);
}

const click = async (url: string) => {
  const close = vi.fn();
  await fire("notificationclick", { notification: { close, data: { url } } });
  expect(close).toHaveBeenCalledOnce();
};

function addWindow(path: string, canNavigate = true): void {
  windows.push({
    url: ORIGIN + path,
    focus: async () => void acts.push(`focus ${path}`),
    navigate: async (url) => {
      if (!canNavigate) throw new TypeError("not controlled");
      acts.push(`navigate ${url}`);
    },
  });
}

it("takes over at once, so that a click can lead the windows that are open", async () => {
  await fire("install");
  await fire("activate");
  expect(acts).toEqual(["skipWaiting", "claim"]);
});

it("shows what our server sends, one per conversation, the newest loudly", async () => {
  const news = notificationOf(
    {
      accountId: "700000001",
      channel: "messages",
      externalId: "2000000089077943",
      buyerName: "Lucía",
      product: "Lámpara",
      count: 1,
    },
    "es",
  );
  addWindow(news.url);
  await fire("push", { data: { json: () => news } });
  expect(shown).toMatchObject([
    {
      title: "Lucía",
      options: {
        body: "Mensaje nuevo · Lámpara",
        lang: "es",
        tag: news.url,
        renotify: true,
        data: { url: news.url },
      },
    },
  ]);
});

describe("a click on a notification", () => {
  const URL_OF_THREAD = "/inbox/messages/2000000089077943?account=700000001";

  it("leads the window that was used last to the conversation", async () => {
    addWindow("/status");
    addWindow("/inbox");
    await click(URL_OF_THREAD);
    expect(acts).toEqual(["focus /status", `navigate ${ORIGIN}${URL_OF_THREAD}`]);
  });

  it("opens one when there is none, or none that can be led", async () => {
    await click(URL_OF_THREAD);
    addWindow("/api/threads/messages/1/attachments/a.pdf");
    await click(URL_OF_THREAD);
    windows = [];
    addWindow("/inbox", false);
    await click(URL_OF_THREAD);
    expect(acts.filter((act) => act.startsWith("open"))).toEqual(
      Array.from({ length: 3 }, () => `open ${ORIGIN}${URL_OF_THREAD}`),
    );
  });

  it("never leads away from us", async () => {
    addWindow("/inbox");
    await click("https://evil.test/inbox");
    await click("//evil.test/inbox");
    expect(acts).toEqual([]);
  });
});

describe("a subscription that the push service changed", () => {
  it("is made again with our key and told to our server, where there was one", async () => {
    answers["GET /api/push"] = { status: 200, body: { publicKey: "KEY", endpoint: "https://old" } };
    answers["PUT /api/push"] = { status: 200, body: {} };
    await fire("pushsubscriptionchange");
    expect(subscribed).toEqual([{ userVisibleOnly: true, applicationServerKey: "KEY" }]);
    const body: unknown = JSON.parse(String(requests[1]?.init?.body));
    expect(body).toEqual({
      endpoint: "https://fcm.googleapis.com/fcm/send/new",
      keys: { p256dh: "p", auth: "a" },
    });
  });

  it.each([
    ["nobody is signed in", 401, {}],
    ["this person had switched them off", 200, { publicKey: "KEY", endpoint: null }],
    ["the server sends none", 200, { publicKey: null, endpoint: null }],
  ])("is left alone when %s", async (_why, status, body) => {
    answers["GET /api/push"] = { status, body };
    await fire("pushsubscriptionchange");
    expect(requests).toHaveLength(1);
    expect(subscribed).toEqual([]);
  });
});
