import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, textAt } from "@/sandbox/testing";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("kept grants", () => {
  const start = () =>
    drive(createSandbox({ scenario: "shops", grantsFile: join(folder, "deep", "grants.json") }));

  it("let a seller's tokens work after a restart, the used refresh token still dead", async () => {
    const first = start();
    const seller = textAt((await first.control("/state")).body, "sellers", 0, "id");
    const { refresh } = await first.connect(seller);
    const rotated = (await first.refresh(refresh)).body;

    const second = start();
    expect(at((await second.get("/users/me", textAt(rotated, "access_token"))).body, "nickname")).toBe(
      "CASA NORTE",
    );
    expect((await second.refresh(refresh)).status).toBe(400);
    expect((await second.refresh(textAt(rotated, "refresh_token"))).status).toBe(200);
  });

  it("forget a revoked grant", async () => {
    const first = start();
    const seller = textAt((await first.control("/state")).body, "sellers", 1, "id");
    const { access, refresh } = await first.connect(seller);
    await first.control("/grants/revoke", { sellerId: seller });
    const second = start();
    expect((await second.get("/users/me", access)).status).toBe(401);
    expect((await second.refresh(refresh)).status).toBe(400);
    expect(readFileSync(join(folder, "deep", "grants.json"), "utf8")).not.toContain(refresh);
  });

  it("refuse a file that is not theirs", () => {
    writeFileSync(join(folder, "other.json"), "[]");
    expect(() => createSandbox({ grantsFile: join(folder, "other.json") })).toThrow();
  });
});
