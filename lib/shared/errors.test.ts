import { expect, it, vi } from "vitest";
import { AppError } from "./errors";

it("knows an error of the house that another copy of its class has made", async () => {
  vi.resetModules();
  const other = await import("./errors");
  expect(other.AppError).not.toBe(AppError);
  const thrown: unknown = new other.AppError("slow_down", "no room");
  expect(thrown instanceof AppError).toBe(true);
  expect(thrown instanceof AppError ? thrown.code : null).toBe("slow_down");
});

it("takes no other error for one, and tells its kinds apart", () => {
  class Special extends AppError {}
  const plain = new AppError("bug", "plain");
  expect(
    [new Error("x"), null, undefined, "AppError", { code: "bug" }].map((one) => one instanceof AppError),
  ).toEqual([false, false, false, false, false]);
  expect([plain instanceof Special, new Special("bug", "") instanceof Special]).toEqual([false, true]);
  expect(new Special("bug", "") instanceof AppError).toBe(true);
});
