import { expect, it } from "vitest";
import { FILE_FAULTS, fileReason, readFileReason } from "./file-reason";

it.each(FILE_FAULTS)("reads the reason it wrote for a file that is %s", (fault) => {
  const fileId = crypto.randomUUID();
  expect(readFileReason(fileReason(fault, fileId))).toEqual({ fault, fileId });
});

it.each([null, "", "too_long", "file.other.1", "file.type", "blocked_by_file.type.1"])(
  "takes %j for no reason of a file",
  (reason) => {
    expect(readFileReason(reason)).toBeNull();
  },
);
