import { describe, expect, it } from "vitest";
import { FAMILIES } from "@/lib/server/mercadolibre/http";
import { perMinuteOf } from "./budget";

const settings = { meli: { clientId: "1" }, readsPerMinute: 500, writesPerMinute: 500 };
const pair = (family: (typeof FAMILIES)[number]) =>
  (["read", "write"] as const).map((kind) => perMinuteOf(settings, family, kind));

describe("what a family of calls may use", () => {
  it("is the published pools for messages, and a careful part of them for claims", () => {
    expect(pair("messages")).toEqual([500, 500]);
    expect(pair("claims")).toEqual([250, 60]);
  });

  it("is five calls a second for every other", () => {
    for (const family of FAMILIES.filter((one) => one !== "messages" && one !== "claims")) {
      expect(pair(family)).toEqual([300, 300]);
    }
  });

  it("grows and shrinks with what is configured", () => {
    const half = { ...settings, readsPerMinute: 250, writesPerMinute: 100 };
    expect([perMinuteOf(half, "claims", "read"), perMinuteOf(half, "claims", "write")]).toEqual([125, 12]);
  });
});
