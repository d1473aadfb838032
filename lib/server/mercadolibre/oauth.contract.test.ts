import { beforeEach, describe, expect, it } from "vitest";
import { createLab, type Lab, PROFILES, REDIRECT } from "@/lib/server/mercadolibre/testing/lab";
import { createSandbox } from "@/sandbox/create-sandbox";
import { listUnread } from "./messages";
import { exchangeCode, refreshGrant } from "./oauth";
import { whoAmI } from "./users";

/** What the sandbox answers is read by what we ship: our two readings of the documents have to agree. */

let lab: Lab;

beforeEach(() => {
  lab = createLab(createSandbox());
});

describe.each(PROFILES)("sign-in with a %s account", (profile) => {
  it("grants, names its owner, refreshes once per token", async () => {
    const sellerId = await lab.newSeller(profile);
    const grant = await lab.grantOf(sellerId);
    expect(grant).toMatchObject({ userId: sellerId, expiresInSeconds: 21_600 });
    expect(await whoAmI(lab.app, grant.accessToken)).toMatchObject({
      id: sellerId,
      siteId: profile === "LOCAL" ? "MLA" : "CBT",
      nickname: "TIENDA DE PRUEBA",
    });
    const kept: string[] = [];
    const use = {
      refreshToken: grant.refreshToken ?? "",
      journal: async (raw: string) => void kept.push(raw),
    };
    expect((await refreshGrant(lab.app, use)).kind).toBe("granted");
    expect(await refreshGrant(lab.app, use)).toEqual({
      kind: "refused",
      error: "invalid_grant",
      status: 400,
    });
    expect(kept).toHaveLength(1);
  });

  it.each(["message", "error_description"])(
    "is refused for a used code, with the text in %s",
    async (errorTextKey) => {
      await lab.control("/settings", { errorTextKey });
      const asked = { ...(await lab.consent(await lab.newSeller(profile))), redirectUri: REDIRECT };
      expect((await exchangeCode(lab.app, asked)).kind).toBe("granted");
      expect(await exchangeCode(lab.app, asked)).toMatchObject({ kind: "refused", error: "invalid_grant" });
    },
  );

  it("is refused with a wrong verifier or a wrong secret", async () => {
    const sellerId = await lab.newSeller(profile);
    const wrong = { ...(await lab.consent(sellerId)), redirectUri: REDIRECT, codeVerifier: "x".repeat(43) };
    expect(await exchangeCode(lab.app, wrong)).toMatchObject({ kind: "refused", error: "invalid_grant" });
    const asked = { ...(await lab.consent(sellerId)), redirectUri: REDIRECT };
    expect(await exchangeCode({ ...lab.app, clientSecret: "no" }, asked)).toMatchObject({
      kind: "refused",
      error: "invalid_client",
    });
  });

  it("renews a token that died and goes on", async () => {
    const sellerId = await lab.newSeller(profile);
    const one = await lab.connect(sellerId, profile);
    await lab.control("/tokens/expire", { sellerId });
    await listUnread(one.meli, { userId: sellerId });
    expect(one.grants).toHaveLength(2);
    expect(one.calls.map((call) => call.status)).toEqual([401, 200]);
  });
});
