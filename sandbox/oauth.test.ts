import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, REDIRECT, textAt } from "@/sandbox/testing";

const MINUTE = 60_000;

async function start() {
  const api = drive(createSandbox());
  const seller = textAt(
    (await api.control("/sellers", { siteId: "MLA", nickname: "TIENDA UNO" })).body,
    "id",
  );
  return { api, seller };
}

const ask = (change: Record<string, string> = {}) =>
  `/authorization?${new URLSearchParams({ response_type: "code", client_id: "1000000000000001", redirect_uri: REDIRECT, state: "s", ...change })}`;

describe("consent page", () => {
  it("lists sellers by name with the first one chosen, in Spanish", async () => {
    const { api } = await start();
    await api.control("/sellers", { siteId: "MLB", nickname: "LOJA DOIS" });
    const { text, headers } = await api.get(ask());
    expect(text).toContain('lang="es"');
    expect(text).toContain("TIENDA UNO");
    expect(text).toContain("LOJA DOIS");
    expect(text.match(/checked/g)).toHaveLength(2); // the seller, and the style of a chosen row
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("speaks Portuguese for a preselected seller of Brazil", async () => {
    const { api } = await start();
    const id = textAt((await api.control("/sellers", { siteId: "MLB", nickname: "LOJA DOIS" })).body, "id");
    const { text } = await api.get(ask({ seller_id: id }));
    expect(text).toContain("Com qual conta?");
    expect(text).toMatch(new RegExp(`value="${id}"\\s+checked`));
  });

  it("escapes a nickname that holds markup", async () => {
    const { api } = await start();
    await api.control("/sellers", { siteId: "MLA", nickname: "<script>x</script>" });
    expect((await api.get(ask())).text).not.toContain("<script>");
  });

  it("refuses on its own page a redirect address that differs by a slash", async () => {
    const { api } = await start();
    const reply = await api.get(ask({ redirect_uri: `${REDIRECT}/` }));
    expect(reply.status).toBe(400);
    expect(reply.text).toContain("redirect_mismatch");
  });

  it("redirects with access_denied and the state when the seller cancels", async () => {
    const { api, seller } = await start();
    const request = ask().split("?")[1] ?? "";
    const { status, headers } = await api.form("/authorization", {
      request,
      decision: "deny",
      seller_id: seller,
    });
    expect(status).toBe(302);
    expect(headers.get("location")).toBe(`${REDIRECT}?error=access_denied&state=s`);
  });

  it("keeps an operator on Mercado Libre's page, or redirects when the setting says so", async () => {
    const { api, seller } = await start();
    await api.control("/settings", { operatorLogin: true });
    expect((await api.consent(seller)).location).toBe("");
    await api.control("/settings", { operatorRedirects: true });
    expect((await api.consent(seller)).location).toBe(
      `${REDIRECT}?error=invalid_operator_user_id&state=state-1`,
    );
  });

  it("gives no code to a seller with pending data, on the page or at the token call", async () => {
    const { api } = await start();
    const id = textAt((await api.control("/sellers", { siteId: "MLA", isKycPending: true })).body, "id");
    expect((await api.consent(id)).location).toBe("");
    await api.control("/settings", { kycFailsAt: "token" });
    const { code, verifier } = await api.consent(id);
    expect(at((await api.exchange(code, verifier)).body, "error")).toBe("invalid_grant");
  });
});

describe("code exchange", () => {
  it("answers tokens of the documented shapes and a numeric user id", async () => {
    const { api, seller } = await start();
    const { code, verifier } = await api.consent(seller);
    const { status, body } = await api.exchange(code, verifier);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: "bearer",
      expires_in: 21_600,
      scope: "offline_access read write",
      user_id: Number(seller),
    });
    expect(textAt(body, "access_token")).toMatch(
      new RegExp(`^APP_USR-1000000000000001-\\d{6}-[0-9a-f]{32}-${seller}$`),
    );
    expect(textAt(body, "refresh_token")).toMatch(new RegExp(`^TG-[0-9a-f]{24}-${seller}$`));
  });

  it("accepts a code once", async () => {
    const { api, seller } = await start();
    const { code, verifier } = await api.consent(seller);
    await api.exchange(code, verifier);
    const second = await api.exchange(code, verifier);
    expect(second.status).toBe(400);
    expect(second.body).toMatchObject({ error: "invalid_grant", status: 400, cause: [] });
  });

  it("refuses a code after ten minutes", async () => {
    const { api, seller } = await start();
    const { code, verifier } = await api.consent(seller);
    await api.control("/clock", { advanceMs: 10 * MINUTE });
    expect((await api.exchange(code, verifier)).status).toBe(400);
  });

  it.each([
    ["another redirect address", { redirect_uri: `${REDIRECT}/` }, "invalid_grant"],
    ["a wrong verifier", { code_verifier: "x".repeat(43) }, "invalid_grant"],
    ["no verifier", { code_verifier: "" }, "invalid_request"],
    ["a wrong secret", { client_secret: "no" }, "invalid_client"],
    ["an unknown grant type", { grant_type: "password" }, "unsupported_grant_type"],
  ])("refuses %s", async (_, change, error) => {
    const { api, seller } = await start();
    const { code, verifier } = await api.consent(seller);
    expect(at((await api.exchange(code, verifier, change)).body, "error")).toBe(error);
  });

  it("refuses another client's code", async () => {
    const { api, seller } = await start();
    await api.control("/clients", { id: "2", secret: "two", redirectUris: [REDIRECT] });
    const { code, verifier } = await api.consent(seller);
    const reply = await api.exchange(code, verifier, { client_id: "2", client_secret: "two" });
    expect(at(reply.body, "error")).toBe("invalid_grant");
  });

  it("takes a grant without PKCE once the switch is off", async () => {
    const { api, seller } = await start();
    await api.control("/settings", { pkceRequired: false });
    const { code } = await api.consent(seller, { code_challenge: "", code_challenge_method: "" });
    expect((await api.exchange(code, "", {})).status).toBe(200);
  });

  it("puts the error text under the key the settings choose", async () => {
    const { api } = await start();
    expect((await api.refresh("TG-none")).body).toHaveProperty("message");
    await api.control("/settings", { errorTextKey: "error_description" });
    expect((await api.refresh("TG-none")).body).toHaveProperty("error_description");
  });

  it("answers 404 to a GET of the token address", async () => {
    const { api } = await start();
    expect((await api.get("/oauth/token")).status).toBe(404);
  });

  it("accepts both secrets during a scheduled renewal", async () => {
    const { api, seller } = await start();
    await api.control("/settings", { previousSecret: "old" });
    for (const client_secret of ["old", "sandbox-secret"]) {
      const { code, verifier } = await api.consent(seller);
      expect((await api.exchange(code, verifier, { client_secret })).status).toBe(200);
    }
  });
});

describe("refresh", () => {
  it("rotates, and refuses the used token, also at the same moment", async () => {
    const { api, seller } = await start();
    const { refresh } = await api.connect(seller);
    const replies = await Promise.all([api.refresh(refresh), api.refresh(refresh), api.refresh(refresh)]);
    expect(replies.map((reply) => reply.status).toSorted()).toEqual([200, 400, 400]);
  });

  it("gives no refresh token without offline access", async () => {
    const { api, seller } = await start();
    await api.control("/settings", { offlineAccess: false });
    const { code, verifier } = await api.consent(seller);
    expect((await api.exchange(code, verifier)).body).not.toHaveProperty("refresh_token");
  });

  it("expires after six months unused and with the grant after four idle months", async () => {
    const { api, seller } = await start();
    const { access, refresh } = await api.connect(seller);
    await api.control("/settings", { expiresIn: 40_000_000 });
    await api.control("/clock", { advanceMs: 121 * 86_400_000 });
    expect((await api.refresh(refresh)).status).toBe(400);
    expect((await api.get("/users/me", access)).status).toBe(401);
  });

  it("never leaves two live refresh tokens, whatever the order of grants, refreshes and revocations", async () => {
    const step = fc.oneof(
      fc.constant("connect" as const),
      fc.constant("revoke" as const),
      fc.nat({ max: 20 }).map((which) => ({ which })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const { api, seller } = await start();
        const issued: string[] = [];
        let live: string | null = null;
        for (const one of steps) {
          if (one === "connect") {
            live = (await api.connect(seller)).refresh;
            issued.push(live);
          } else if (one === "revoke") {
            await api.control("/grants/revoke", { sellerId: seller });
            live = null;
          } else if (issued.length > 0) {
            const token = issued[one.which % issued.length] ?? "";
            const reply = await api.refresh(token);
            expect(reply.status).toBe(token === live ? 200 : 400);
            if (reply.status === 200) {
              live = textAt(reply.body, "refresh_token");
              issued.push(live);
            }
          }
        }
        const alive = [];
        for (const token of issued) if ((await api.refresh(token)).status === 200) alive.push(token);
        expect(alive).toEqual(live ? [live] : []);
      }),
      { numRuns: 40 },
    );
  });
});

describe("access tokens", () => {
  it("open the API until they expire", async () => {
    const { api, seller } = await start();
    await api.control("/settings", { expiresIn: 60 });
    const { access } = await api.connect(seller);
    expect(at((await api.get("/users/me", access)).body, "site_id")).toBe("MLA");
    await api.control("/clock", { advanceMs: MINUTE });
    expect((await api.get("/users/me", access)).status).toBe(401);
  });

  it("die at once when expired or revoked by hand; a refresh still works after the first only", async () => {
    const { api, seller } = await start();
    const first = await api.connect(seller);
    await api.control("/tokens/expire", { sellerId: seller });
    expect((await api.get("/users/me", first.access)).status).toBe(401);
    const refreshed = await api.refresh(first.refresh);
    expect(refreshed.status).toBe(200);
    await api.control("/grants/revoke", { sellerId: seller });
    expect((await api.refresh(textAt(refreshed.body, "refresh_token"))).status).toBe(400);
  });

  it("are refused in the query string, even beside a good header", async () => {
    const { api, seller } = await start();
    const { access } = await api.connect(seller);
    expect((await api.get(`/users/me?access_token=${access}`)).status).toBe(401);
    expect((await api.get(`/users/me?access_token=${access}`, access)).status).toBe(401);
  });

  it("fail with the body of the family, and with unauthorized_scopes while the application is blocked", async () => {
    const { api, seller } = await start();
    const { access } = await api.connect(seller);
    expect((await api.get("/users/me", "APP_USR-x")).body).toEqual({
      code: "unauthorized",
      message: "invalid access token",
    });
    expect((await api.get("/messages/unread?role=seller&tag=post_sale", "APP_USR-x")).body).toEqual({
      message: "invalid_token",
      error: "not_found",
      status: 401,
      cause: [],
    });
    expect((await api.get("/messages/unread?role=seller&tag=post_sale")).status).toBe(400);
    await api.control("/settings", { appBlocked: true });
    expect(at((await api.get("/users/me", access)).body, "error")).toBe("unauthorized_scopes");
  });

  it("meet the policy agent where the application lacks a permission", async () => {
    const { api, seller } = await start();
    const { access } = await api.connect(seller);
    await api.control("/settings", { missingPermissions: ["messages"] });
    const reply = await api.get("/messages/unread?role=seller&tag=post_sale", access);
    expect(reply.status).toBe(403);
    expect(at(reply.body, "blocked_by")).toBe("PolicyAgent");
    expect((await api.get("/users/me", access)).status).toBe(200);
  });

  it("are revoked by the seller through the API", async () => {
    const { api, seller } = await start();
    const { access, refresh } = await api.connect(seller);
    expect(at((await api.get("/applications/1000000000000001/grants", access)).body, "paging", "total")).toBe(
      1,
    );
    const sandbox = await api.get("/users/me", access);
    expect(sandbox.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    await api.control("/grants/revoke", { sellerId: seller });
    expect((await api.refresh(refresh)).status).toBe(400);
  });
});
