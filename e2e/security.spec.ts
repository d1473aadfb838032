import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type APIResponse, expect, type Response } from "@playwright/test";
import { pdf } from "@/e2e/fixtures/files";
import { test } from "@/e2e/fixtures/test";
import { ThreadScreen } from "@/e2e/screens/thread";

/** The shapes of Mercado Libre's access and refresh tokens (auth-and-limits.md 3). */
const TOKEN = /APP_USR-\d|TG-[0-9a-f]{8}/;
const HELLO = { threads: [{ messages: [{ from: "buyer" as const, text: "Es privado" }] }] };

/** One directive of a policy; null when it is not there. */
function directive(policy: string, name: string): string[] | null {
  const found = policy.split(";").find((part) => part.trim().split(/\s+/)[0] === name);
  return found === undefined ? null : found.trim().split(/\s+/).slice(1);
}

function expectArmour(answer: Response | APIResponse, path: string): string {
  const headers = answer.headers();
  const policy = headers["content-security-policy"] ?? "";
  expect(headers["x-content-type-options"], path).toBe("nosniff");
  expect(headers["referrer-policy"], path).toMatch(/^(same-origin|no-referrer|strict-origin.*)$/);
  expect(directive(policy, "frame-ancestors"), path).toEqual(["'none'"]);
  expect(directive(policy, "default-src"), path).toEqual(["'none'"]);
  return policy;
}

test("gives every page a policy with a nonce of its own, and every answer its armour", async ({
  page,
  openShop,
  watch,
}) => {
  watch.allow(/status of 404/);
  const nonces: string[] = [];
  const visit = async (path: string) => {
    const answer = await page.goto(path);
    if (answer === null) throw new Error(`no answer from ${path}`);
    const policy = expectArmour(answer, path);
    const scripts = directive(policy, "script-src") ?? [];
    expect(scripts, path).not.toContain("'unsafe-inline'");
    expect(scripts, path).not.toContain("'unsafe-eval'");
    expect(directive(policy, "base-uri"), path).toEqual(["'none'"]);
    expect(
      directive(policy, "img-src")?.filter((source) => /^(\*|https?:)$/.test(source)),
      path,
    ).toEqual([]);
    const nonce = scripts.find((source) => source.startsWith("'nonce-")) ?? "";
    expect(nonce.length, path).toBeGreaterThan(25);
    nonces.push(nonce);
  };
  await visit("/");
  await visit("/?problem=denied");
  const seller = await openShop(HELLO);
  const packId = seller.threads[0]?.packId ?? "";
  for (const path of [
    "/inbox",
    `/inbox/messages/${packId}`,
    "/inbox/claims",
    "/leads",
    "/status",
    "/settings",
    "/nowhere",
  ]) {
    await visit(path);
  }
  expect(new Set(nonces).size).toBe(nonces.length);

  for (const path of [
    "/api/me",
    "/api/inbox",
    "/api/summary",
    "/api/status",
    `/api/threads/messages/${packId}`,
    "/api/threads/messages/1",
    "/api/health",
    "/api/ready",
    "/api/auth/csrf",
  ]) {
    expectArmour(await page.request.get(path), path);
  }
});

test("lets no token out: not in any answer of a whole session, nor in what was built for the browser", async ({
  page,
  openShop,
  sandbox,
  baseURL,
}) => {
  const bodies: Promise<void>[] = [];
  const found: string[] = [];
  page.on("response", (response) => {
    if (!response.url().startsWith(`${baseURL}/`)) return;
    const { location = "", "set-cookie": cookies = "" } = response.headers();
    if (TOKEN.test(location) && !location.includes("/api/auth/callback/")) found.push(response.url());
    if (TOKEN.test(cookies)) found.push(`cookie of ${response.url()}`);
    bodies.push(
      response.body().then(
        (body) => {
          if (TOKEN.test(body.toString("latin1"))) found.push(response.url());
        },
        () => undefined,
      ),
    );
  });
  const seller = await openShop(HELLO);
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  await thread.open(packId);
  // A refusal that repeats the request's own token must not be shown on.
  await sandbox.fault({
    method: "POST",
    path: `/messages/packs/${packId}/`,
    status: 400,
    body: {
      message: "Bearer APP_USR-1000000000000001-112209-0123456789abcdef-1 is malformed",
      code: "bad_request",
    },
  });
  await thread.attach(pdf("nota.pdf"));
  await thread.field.fill("Hola");
  await thread.send.click();
  await expect(thread.mine("Hola")).toContainText("No se envió");
  for (const path of ["/status", "/settings", "/inbox"]) await page.goto(path);
  await Promise.all(bodies);
  expect(bodies.length).toBeGreaterThan(20);
  expect(found).toEqual([]);

  const built = join(process.env.BUZON_BUILD ?? process.cwd(), ".next/static");
  const files = (await readdir(built, { recursive: true })).filter((name) =>
    /\.(js|css|json|map)$/.test(name),
  );
  expect(files.length).toBeGreaterThan(5);
  for (const name of files) {
    const text = await readFile(join(built, name), "utf8");
    expect(TOKEN.test(text), name).toBe(false);
    expect(text.includes("sandbox-secret"), name).toBe(false);
  }
});

test("refuses every change that another site asks for", async ({ page, openShop, sandbox, baseURL }) => {
  const seller = await openShop(HELLO);
  const packId = seller.threads[0]?.packId ?? "";
  const thread = `/api/threads/messages/${packId}`;
  await new ThreadScreen(page).open(packId);
  const calls = [
    ["PATCH", "/api/me", { theme: "dark" }],
    ["POST", `/api/accounts/${seller.id}/disconnect`, { forget: true }],
    ["POST", "/api/sessions/end", { all: true }],
    ["POST", `${thread}/replies`, { key: crypto.randomUUID(), text: "De otro sitio", files: [] }],
    ["PUT", `${thread}/draft`, { text: "De otro sitio", files: [] }],
    ["POST", `${thread}/looked`, { messageId: null }],
    ["POST", `${thread}/read`, {}],
    ["POST", `${thread}/refresh`, {}],
    ["POST", `${thread}/files?name=a.txt`, "hola"],
    ["DELETE", `/api/files/${crypto.randomUUID()}`, undefined],
    ["POST", `/api/outbox/${crypto.randomUUID()}`, { act: "retry" }],
  ] as const;
  for (const [method, path, data] of calls) {
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { origin: baseURL ?? "", "sec-fetch-site": "same-site" },
      {},
    ]) {
      const answer = await page.request.fetch(path, {
        method,
        headers,
        ...(data === undefined ? {} : { data }),
      });
      expect(answer.status(), `${method} ${path} ${JSON.stringify(headers)}`).toBe(403);
    }
  }
  expect((await page.request.get("/api/me")).status()).toBe(200);
  expect(await sandbox.sent(packId)).toEqual([]);
  expect(Object.keys(await sandbox.unread(seller.id))).toEqual([packId]);
});

test("keeps two sellers apart: neither reaches the other's addresses, by page or by API", async ({
  page,
  openShop,
  createSeller,
  newPage,
  signIn,
  sandbox,
  baseURL,
}) => {
  const owner = await createSeller({
    threads: [
      {
        messages: [
          { from: "buyer", text: "Es privado", attachments: [{ name: "dni.jpg", type: "image/jpeg" }] },
        ],
      },
    ],
  });
  const packId = owner.threads[0]?.packId ?? "";
  const thread = `/api/threads/messages/${packId}`;
  const theirs = await newPage();
  await signIn(theirs, owner);
  await new ThreadScreen(theirs).open(packId);
  const headers = { origin: baseURL ?? "" };
  const view = await (await theirs.request.get(thread)).json();
  const file = await theirs.request.post(`${thread}/files?name=a.txt`, {
    headers: { ...headers, "content-type": "text/plain" },
    data: "hola",
  });
  expect(file.ok()).toBe(true);
  const { id: fileId } = await file.json();
  const [{ attachments = [], id: messageId = "" } = {}] = view.messages;

  await openShop(HELLO);
  const reads = [
    `/inbox/messages/${packId}`,
    `/inbox?account=${owner.id}`,
    thread,
    `${thread}?account=${owner.id}`,
    `${thread}/older?before=${messageId}`,
    attachments[0]?.href ?? "",
    `/api/inbox?account=${owner.id}`,
  ];
  for (const path of reads) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(404);
    expect(await answer.text(), path).not.toContain("Es privado");
  }
  const writes = [
    ["POST", `${thread}/replies`, { key: crypto.randomUUID(), text: "Intruso", files: [] }],
    ["PUT", `${thread}/draft`, { text: "Intruso", files: [] }],
    ["POST", `${thread}/looked`, { messageId }],
    ["POST", `${thread}/read`, {}],
    ["POST", `${thread}/refresh`, {}],
    ["POST", `/api/accounts/${owner.id}/disconnect`, { forget: true }],
    ["PATCH", "/api/me", { currentAccount: owner.id }],
  ] as const;
  for (const [method, path, data] of writes) {
    const answer = await page.request.fetch(path, { method, headers, data });
    expect(answer.status(), `${method} ${path}`).toBe(404);
  }
  // Deleting what is not one's own changes nothing, whatever it answers.
  await page.request.delete(`/api/files/${fileId}`, { headers });
  await theirs.request.put(`${thread}/draft`, { headers, data: { text: "", files: [fileId] } });
  const { draft } = await (await theirs.request.get(thread)).json();
  expect(draft.files).toHaveLength(1);
  expect(await sandbox.sent(packId)).toEqual([]);
  expect(Object.keys(await sandbox.unread(owner.id))).toEqual([packId]);
  await expect(page.getByText("Es privado")).toHaveCount(1);
});
