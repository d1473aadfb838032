import { expect, it } from "vitest";
import { AppError } from "@/lib/shared/errors";
import { errorForLog, withoutCredentials } from "./log";

it("replaces credentials wherever they stand, and leaves the line whole", () => {
  const line =
    '{"a":"APP_USR-1-09-ab_c-7","b":"Bearer xyz","c":"authorization: Bearer q.r.s, then","d":"TG-64f-9"}';
  expect(JSON.parse(withoutCredentials(line))).toEqual({
    a: "[credential]",
    b: "Bearer [credential]",
    c: "authorization: Bearer [credential] then",
    d: "[credential]",
  });
});

it("tells what an error is and where it came from", () => {
  const cause = Object.assign(new Error("connection lost"), { code: "ECONNRESET" });
  const told = errorForLog(new AppError("meli_down", "no answer", { reason: "network" }, { cause }));
  expect(told).toMatchObject({
    type: "AppError",
    message: "no answer",
    code: "meli_down",
    detail: { reason: "network" },
    stack: expect.stringContaining("log.test.ts"),
    cause: { message: "connection lost", code: "ECONNRESET" },
  });
});

it("leaves out the values of a failed query, wherever the driver puts them", () => {
  const error = Object.assign(new Error("Failed query: insert into drafts\nparams: Hola Ana,12"), {
    params: ["Hola Ana", 12],
    cause: Object.assign(new Error("duplicate key"), {
      code: "23505",
      detail: "Key (text)=(Hola Ana) exists.",
    }),
  });
  const told = JSON.stringify(errorForLog(error));
  expect(told).toContain("insert into drafts");
  expect(told).toContain("23505");
  expect(told).not.toContain("Hola Ana");
});

it("ends a chain of causes that goes round", () => {
  const error = new Error("round");
  error.cause = error;
  expect(JSON.stringify(errorForLog(error)).length).toBeLessThan(20_000);
});
