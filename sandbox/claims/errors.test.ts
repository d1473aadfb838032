import { describe, expect, it } from "vitest";
import { startClaim } from "@/sandbox/claims/testing";
import { at } from "@/sandbox/testing";

const POLICY = {
  code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
  blocked_by: "PolicyAgent",
  message: "At least one policy returned UNAUTHORIZED.",
  status: 403,
};

describe("refusals of claims (claims.md 10)", () => {
  it("say 404 for none and 403 for another's in one country, in envelope 1", async () => {
    const c = await startClaim();
    const none = await c.api.get(`${c.base}/5999999999`, c.access);
    expect(none.status).toBe(404);
    expect(none.body).toEqual({
      message: "Resource not found",
      error: "business_logic_error",
      status: 404,
      cause: [],
    });
    const foreign = await c.api.get(c.path, await c.stranger());
    expect(foreign.body).toEqual({
      message: "You don't have permission to access the resource",
      error: "forbidden_error",
      status: 403,
      cause: [],
    });
  });

  it("are the gateway's 403 for both in Global Selling, or the printed 404", async () => {
    const c = await startClaim({}, { siteId: "CBT" });
    const none = () => c.api.get(`${c.base}/5999999999/messages`, c.access);
    expect([(await none()).status, (await none()).body]).toEqual([403, POLICY]);
    expect((await c.api.get(c.path, await c.stranger())).body).toEqual(POLICY);
    await c.change({ claimGlobalMissing: "404" });
    expect((await none()).body).toEqual({
      code: 404,
      error: "not_found_error",
      message: "Claim not found. claimId: 5999999999",
      cause: null,
    });
  });

  it("have envelope 2 in Global Selling, or either envelope in both", async () => {
    const c = await startClaim({}, { siteId: "CBT" });
    const keys = async () => Object.keys(Object((await c.send("Hola", "mediator")).body));
    expect(await keys()).toEqual(["code", "error", "message", "cause"]);
    await c.change({ claimErrorForm: "1" });
    expect(await keys()).toEqual(["message", "error", "status", "cause"]);
  });

  it("tell a malformed token from a dead one, and Global Selling's own words", async () => {
    const c = await startClaim();
    const malformed = await c.api.get(c.path, "abc");
    expect([malformed.status, malformed.body]).toEqual([
      400,
      { message: "Malformed access_token: abc", error: "bad_request", status: 400, cause: [] },
    ]);
    await c.api.control("/tokens/expire", {});
    const dead = await c.get();
    expect([dead.status, dead.body]).toEqual([
      401,
      { message: "invalid_token", error: "not_found", status: 401, cause: [] },
    ]);
    const global = await c.api.get(`/marketplace/v2/claims/${c.id}`, c.access);
    expect(global.body).toEqual({
      code: 401,
      error: "unauthorized_request_error",
      message: "Invalid caller.id",
      cause: null,
    });
    expect((await c.api.get(c.path)).body).toMatchObject({
      error: "unauthorized_request_error",
      status: 401,
    });
  });

  it("is the gateway's 403 when the application may not read claims (1)", async () => {
    const c = await startClaim();
    await c.change({ missingPermissions: ["claims"] });
    expect([(await c.get()).status, (await c.get()).body]).toEqual([403, POLICY]);
  });

  it.each([null, 7])("are a 429 past the limit that was set, Retry-After being %s", async (retryAfter) => {
    const c = await startClaim();
    await c.change({ claimsPerMinute: 1, retryAfter });
    expect((await c.get()).status).toBe(200);
    const { status, body, headers } = await c.get("/messages");
    expect([status, body]).toEqual([
      429,
      { message: "Too Many Requests", error: "too_many_requests", status: 429, cause: [] },
    ]);
    expect(headers.get("retry-after")).toBe(retryAfter === null ? null : "7");
    // reads and writes have a pool each
    expect((await c.send("Hola")).status).toBe(201);
  });

  it("may have the 429 body of other resources", async () => {
    const c = await startClaim();
    await c.change({ claimsPerMinute: 1, claimTooManyForm: "tooManyForm", tooManyForm: "plain" });
    await c.get();
    expect(await c.get()).toMatchObject({ status: 429, text: "local_rate_limited" });
  });

  it.each([500, 502, 503, 504])("may be a %i that did nothing", async (status) => {
    const c = await startClaim();
    await c.api.control("/faults", { method: "POST", path: "/expected-resolutions/refund$", status });
    expect((await c.post("/expected-resolutions/refund")).status).toBe(status);
    expect(await c.actions()).toContain("refund");
  });

  it("come with problems that do not block in a header, when told so", async () => {
    const c = await startClaim();
    expect((await c.get()).headers.get("metadata")).toBeNull();
    await c.change({ claimMetadata: "warning" });
    const { status, headers } = await c.get();
    expect(status).toBe(200);
    expect(at(JSON.parse(headers.get("metadata") ?? ""), "execution_details", 0)).toMatchObject({
      type: "warning",
      suggested_action: "wait_to_retry",
    });
  });

  it("count claims as a family of their own", async () => {
    const c = await startClaim();
    await c.api.control("/usage/clear", {});
    await c.get();
    await c.api.get(`/marketplace/v2/claims/${c.id}`, c.access);
    expect(at((await c.api.control("/usage")).body, "byFamily", "claims", "read", "200")).toBe(2);
  });
});
