import { createECDH, type ECDH } from "node:crypto";
import { describe, expect, it } from "vitest";
import { EnvError, readEnv, readSettings } from "@/lib/server/env";

const key = Buffer.alloc(32, 7).toString("base64");
const served = {
  DATABASE_URL: "postgresql://u:p@localhost:5432/buzon",
  NEXTAUTH_SECRET: "a-secret-of-enough-length",
  TOKEN_KEY: key,
  MELI_CLIENT_ID: "1000000000000001",
  MELI_CLIENT_SECRET: "s",
};

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
}

describe("readSettings", () => {
  it("needs nothing: every variable has a default or stays unset", () => {
    const settings = readSettings({});
    expect(settings.appUrl).toBe("http://localhost:3000");
    expect(settings.meli.apiUrl).toBe("https://api.mercadolibre.com");
    expect(settings.databaseUrl).toBeNull();
    expect(settings.isSecure).toBe(false);
  });

  it("derives the public address from the port unless it is given", () => {
    expect(readSettings({ PORT: "8080" }).appUrl).toBe("http://localhost:8080");
    const behindProxy = readSettings({ PORT: "8080", APP_URL: "https://inbox.example.com/" });
    expect(behindProxy.appUrl).toBe("https://inbox.example.com");
    expect(behindProxy.isSecure).toBe(true);
  });

  it("takes an empty variable as unset, as compose files pass them", () => {
    expect(readSettings({ DATABASE_URL: "", PORT: " " }).port).toBe(3000);
  });

  it("reads several token keys, the first of which seals", () => {
    const other = Buffer.alloc(32, 9).toString("base64");
    expect(readSettings({ TOKEN_KEY: `${key}, ${other}` }).tokenKeys.map((k) => k[0])).toEqual([7, 9]);
  });

  it("reads lists of accounts, networks and agents", () => {
    const settings = readSettings({
      ALLOWED_ACCOUNTS: "12, 34",
      TRUSTED_PROXIES: "127.0.0.1,10.0.0.0/8,::1/128",
      MELI_AGENTS: "MLB=3037675074,MLA=1",
    });
    expect(settings.allowedAccounts).toEqual(["12", "34"]);
    expect(settings.trustedProxies).toHaveLength(3);
    expect(settings.agents).toEqual({ MLB: "3037675074", MLA: "1" });
  });

  it("says one line for each wrong variable and never repeats its value", () => {
    const problems = problemsOf(() =>
      readSettings({
        PORT: "99999",
        APP_URL: "inbox.example.com/path",
        TOKEN_KEY: "c2hvcnQtc2VjcmV0",
        DATABASE_URL: "mysql://root:hunter22@localhost/x",
        TRUSTED_PROXIES: "10.0.0.0/64",
        LOG_LEVEL: "loud",
      }),
    );
    expect(problems.map((line) => line.split(" ")[0]).sort()).toEqual(
      ["APP_URL", "DATABASE_URL", "LOG_LEVEL", "PORT", "TOKEN_KEY", "TRUSTED_PROXIES"].sort(),
    );
    expect(problems.join()).not.toMatch(/hunter22|c2hvcnQ|\n/);
  });

  it.each([
    ["MELI_CLIENT_ID", "123", "MELI_CLIENT_SECRET"],
    ["VAPID_PUBLIC_KEY", "A".repeat(87), "VAPID_PRIVATE_KEY"],
  ])("asks for the other half when only %s is given", (name, value, other) => {
    expect(problemsOf(() => readSettings({ [name]: value }))).toEqual([
      `${other} is missing: it goes with ${name}.`,
    ]);
  });

  it("refuses Web Push keys that are not a pair", () => {
    const [one, other] = [createECDH("prime256v1"), createECDH("prime256v1")];
    for (const pair of [one, other]) pair.generateKeys();
    const publicKey = one.getPublicKey("base64url");
    const given = (privateKey: string) => ({ VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey });
    const privateOf = (pair: ECDH) => {
      const key = pair.getPrivateKey();
      return Buffer.concat([Buffer.alloc(32 - key.length), key]).toString("base64url");
    };
    const own = privateOf(one);
    expect(readSettings(given(own)).vapid).toEqual({ publicKey, privateKey: own });
    for (const wrong of [privateOf(other), "_".repeat(43)]) {
      expect(problemsOf(() => readSettings(given(wrong)))).toEqual([
        "VAPID_PRIVATE_KEY does not belong to VAPID_PUBLIC_KEY.",
      ]);
    }
  });
});

describe("readEnv", () => {
  it("gives a serving process everything it needs", () => {
    const env = readEnv(served);
    expect(env.databaseUrl).toBe(served.DATABASE_URL);
    expect(env.meli.clientId).toBe(served.MELI_CLIENT_ID);
    expect(env.tokenKeys).toHaveLength(1);
  });

  it.each(Object.keys(served))("refuses in one line to serve without %s", (name) => {
    const problems = problemsOf(() => readEnv({ ...served, [name]: undefined }));
    expect(problems).toEqual([expect.stringMatching(`^${name} is missing`)]);
  });

  it("names both halves of a missing application in one line", () => {
    const none = { ...served, MELI_CLIENT_ID: undefined, MELI_CLIENT_SECRET: undefined };
    expect(problemsOf(() => readEnv(none))).toEqual([
      expect.stringMatching(/^MELI_CLIENT_ID and MELI_CLIENT_SECRET are missing/),
    ]);
  });
});
