import { expect, it } from "vitest";
import { routePattern } from "./route-pattern";

it("puts the names of the parameters where their values stand", () => {
  expect(
    routePattern("/api/threads/messages/2000001/draft", { channel: "messages", externalId: "2000001" }),
  ).toBe("/api/threads/[channel]/[externalId]/draft");
  expect(routePattern("/api/attachments/a%20b.png", { filename: "a b.png" })).toBe(
    "/api/attachments/[filename]",
  );
  expect(routePattern("/api/me", {})).toBe("/api/me");
});

it("has few values, whatever is asked for", () => {
  expect(routePattern("/api/files/%E0%A4%A/12345", {})).toBe("/api/files/[other]/[other]");
  expect(routePattern('/api/x"}/ANA', {})).toBe("/api/[other]/[other]");
});
