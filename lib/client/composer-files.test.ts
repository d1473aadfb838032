import { expect, it, vi } from "vitest";
import type { FileView } from "@/lib/shared/api/thread";
import { ATTACHMENT_RULES } from "@/lib/shared/attachment-rules";
import { ApiError } from "./api-error";
import { createComposerFiles } from "./composer-files";

const RULES = ATTACHMENT_RULES.LOCAL;
const stored = (id: string): FileView => ({ id, name: id, type: "application/pdf", size: 3 });
const picked = (...names: string[]) => names.map((name) => new File(["abc"], name));

/** The files of one composer before a server that answers uploads as the test says. */
function scene(upload: (file: File) => Promise<FileView>) {
  const remove = vi.fn();
  const files = createComposerFiles(
    [],
    { sniff: async () => "application/pdf", toJpeg: async () => null, upload, remove },
    () => undefined,
  );
  return { files, remove, states: () => files.list().map(({ state }) => state) };
}

it("refuses only what is over the number that a message carries", async () => {
  const { files, states } = scene(async (file) => stored(file.name));
  files.add(picked("a.pdf", "b.pdf", "c.pdf"), { ...RULES, maxPerMessage: 2 });
  await files.settled();
  expect(states()).toMatchObject([
    { kind: "ready" },
    { kind: "ready" },
    { kind: "refused", refusal: "too_many" },
  ]);
});

it.each([
  ["type", "invalid_input", 422],
  ["too_big", "too_large", 413],
] as const)("refuses for good what the server refuses as %s", async (reason, code, status) => {
  const { files, states } = scene(() => Promise.reject(new ApiError(code, { status, reason })));
  files.add(picked("a.pdf"), RULES);
  await files.settled();
  expect(states()).toEqual([{ kind: "refused", refusal: reason }]);
});

it("lets what failed for another reason be tried again", async () => {
  const { files, states } = scene(() => Promise.reject(new ApiError("invalid_input", { reason: "query" })));
  files.add(picked("a.pdf"), RULES);
  await files.settled();
  expect(states()).toEqual([{ kind: "failed", problem: "invalid_input" }]);
});

it("deletes an upload that was cancelled too late", async () => {
  let arrive: (file: FileView) => void = () => undefined;
  const { files, remove } = scene(
    () =>
      new Promise((resolve) => {
        arrive = resolve;
      }),
  );
  files.add(picked("a.pdf"), RULES);
  await new Promise((resolve) => setTimeout(resolve));
  files.remove(files.list()[0]?.localId ?? "");
  arrive(stored("a.pdf"));
  await new Promise((resolve) => setTimeout(resolve));
  expect([files.list(), remove.mock.calls]).toEqual([[], [[stored("a.pdf")]]]);
});
