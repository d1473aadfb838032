import { beforeAll, describe, expect, it } from "vitest";
import { startClaim } from "@/sandbox/claims/testing";
import { createSandbox } from "@/sandbox/create-sandbox";
import { sampleFile } from "@/sandbox/files/sample-file";
import { drive, textAt } from "@/sandbox/testing";

const P = "/post-purchase/v1";
const M = "/marketplace/v2";
const SAME = "same";

/** The table of claims.md 2: row, purpose, method, LOCAL, GLOBAL; `SAME`: the LOCAL path; null: not documented. `JSON`
 *  bodies are empty: what is asked here is whether somebody is at home. */
const ROWS: [number, string, "GET" | "POST" | "FILE", string | null, string | null][] = [
  [1, "search", "GET", `${P}/claims/search?id={id}`, `${M}/claims/search?id={id}`],
  [2, "claim", "GET", `${P}/claims/{id}`, `${M}/claims/{id}`],
  [3, "summary and deadline", "GET", `${P}/claims/{id}/detail`, `${M}/claims/{id}/detail`],
  [4, "reason", "GET", `${P}/claims/reasons/PDD9939`, `${M}/claims/reasons/PDD9939`],
  [5, "actions history", "GET", `${P}/claims/{id}/actions-history`, `${M}/claims/{id}/actions-history`],
  [6, "status history", "GET", `${P}/claims/{id}/status-history`, `${M}/claims/{id}/status-history`],
  [7, "reputation", "GET", `${P}/claims/{id}/affects-reputation`, `${M}/claims/{id}/affects-reputation`],
  [8, "messages", "GET", `${P}/claims/{id}/messages`, `${M}/claims/{id}/messages`],
  [9, "upload", "FILE", `${P}/claims/{id}/attachments`, `${M}/claims/{id}/attachments`],
  [10, "file", "GET", `${P}/claims/{id}/attachments/{file}`, SAME],
  [
    11,
    "bytes",
    "GET",
    `${P}/claims/{id}/attachments/{file}/download`,
    `${M}/claims/{id}/attachments/{file}/download`,
  ],
  [12, "send", "POST", `${P}/claims/{id}/actions/send-message`, `${M}/claims/{id}/actions/send-message`],
  [13, "wishes", "GET", `${P}/claims/{id}/expected-resolutions`, `${M}/claims/{id}/expected-resolutions`],
  [
    14,
    "offers",
    "GET",
    `${P}/claims/{id}/partial-refund/available-offers`,
    `${M}/claims/{id}/partial-refund/available-offers`,
  ],
  [
    15,
    "partial refund",
    "POST",
    `${P}/claims/{id}/expected-resolutions/partial-refund`,
    `${M}/claims/{id}/expected-resolutions/partial-refund`,
  ],
  [
    16,
    "refund",
    "POST",
    `${P}/claims/{id}/expected-resolutions/refund`,
    `${M}/claims/{id}/expected-resolutions/refund`,
  ],
  [
    17,
    "return",
    "POST",
    `${P}/claims/{id}/expected-resolutions/allow-return`,
    `${M}/claims/{id}/expected-resolutions/allow-return`,
  ],
  [18, "replacement", "POST", `${P}/claims/{id}/expected-resolutions/allow-replace`, null],
  [19, "mediation", "POST", `${P}/claims/{id}/actions/open-dispute`, `${M}/claims/{id}/actions/open-dispute`],
  [20, "evidence", "GET", `${P}/claims/{id}/evidences`, null],
  [20, "new evidence", "POST", `${P}/claims/{id}/actions/evidences`, null],
  [21, "evidence file", "FILE", `${P}/claims/{id}/attachments-evidences`, null],
  [22, "exchange", "GET", `${P}/claims/{id}/changes`, null],
  [23, "return", "GET", "/post-purchase/v2/claims/{id}/returns", `${M}/claims/{id}/returns`],
  [24, "reviews", "GET", `${P}/returns/{return}/reviews`, null],
  [25, "review", "POST", `${P}/returns/{return}/return-review`, SAME],
  [26, "fail reasons", "GET", `${P}/returns/reasons?flow=seller_return_failed&claim_id={id}`, SAME],
  [27, "review files", "FILE", `${P}/claims/{id}/returns/attachments`, SAME],
  [28, "freight", "GET", `${P}/claims/{id}/charges/return-cost`, SAME],
  [29, "automatic refunds", "GET", null, "/marketplace/automatic/rules/refund"],
];

describe.each(["MLA", "CBT"])("every row of claims.md 2 for an account of %s", (siteId) => {
  let c: Awaited<ReturnType<typeof startClaim>>;
  let returned: Awaited<ReturnType<typeof c.another>>;
  let returnId = "";
  let name = "";
  const photo = () => new File([sampleFile("image/jpeg", "x")], "a.jpg", { type: "image/jpeg" });

  beforeAll(async () => {
    c = await startClaim({}, { siteId });
    returned = await c.another({ return: { status: "delivered", review: "SRF6" } });
    returnId = textAt((await c.api.control(`/claims/${returned.id}`)).body, "returnId");
    const { body } = await c.api.upload(`${c.path}/attachments`, c.access, photo());
    name = textAt(body, "filename") || textAt(body, "file_name");
  });

  it.each(ROWS)("%i, %s: %s", async (row, _, method, local, global) => {
    const chosen = siteId === "CBT" ? (global === SAME ? local : global) : local;
    const unknown = siteId === "CBT" && global === null && local !== null;
    const pattern = chosen ?? `${M}${local?.slice(P.length) ?? "/none"}`;
    // rows of a return ask about the claim that has one
    const id = [23, 24, 25, 26].includes(row) ? returned.id : c.id;
    const path = pattern.replace("{id}", id).replace("{file}", name).replace("{return}", returnId);
    const reply =
      method === "GET"
        ? await c.api.get(path, c.access)
        : method === "FILE"
          ? await c.api.upload(path, c.access, photo())
          : await c.api.post(path, c.access, {});
    if (unknown || chosen === null) expect(reply.status).toBe(404);
    else if (method === "POST") expect([200, 201, 400]).toContain(reply.status);
    else expect(reply.status).toBe(200);
  });
});

describe("a sandbox that forgets", () => {
  it("has no claims after a reset, and nothing of theirs happens any more", async () => {
    let now = new Date("2026-03-02T13:59:05.000Z");
    const api = drive(createSandbox({ scenario: "shops", clock: () => now }));
    const count = async () => Object(Object((await api.control("/claims")).body).claims).length;
    expect(await count()).toBeGreaterThan(0);
    await api.control("/reset", { scenario: "empty" });
    now = new Date(now.getTime() + 30 * 86_400_000);
    expect((await api.control("/clock", { advanceMs: 0 })).status).toBe(200);
    expect(await count()).toBe(0);
  });
});
