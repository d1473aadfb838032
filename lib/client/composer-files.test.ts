import { describe, expect, it, vi } from "vitest";
import type { FileView } from "@/lib/shared/api/thread";
import { ATTACHMENT_RULES } from "@/lib/shared/attachment-rules";
import { ApiError } from "./api-error";
import { createComposerFiles, type FilePorts } from "./composer-files";

const RULES = ATTACHMENT_RULES.LOCAL;
const stored = (id: string): FileView => ({ id, name: id, type: "application/pdf", size: 3 });
const picked = (...names: string[]) => names.map((name) => new File(["abc"], name));

/** The files of one composer before a server that answers uploads as the test says. */
function scene(upload: (file: File) => Promise<FileView>, more: Partial<FilePorts> = {}) {
  const remove = vi.fn();
  const files = createComposerFiles(
    [],
    {
      sniff: async () => "application/pdf",
      toJpeg: async () => null,
      upload,
      remove,
      wait: async () => undefined,
      ...more,
    },
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

it("takes what was one too many once there is room, and not before", async () => {
  const { files, states } = scene(async (file) => stored(file.name));
  files.add(picked("a.pdf", "b.pdf"), { ...RULES, maxPerMessage: 1 });
  await files.settled();
  const [first, second] = files.list();
  files.retry(second?.localId ?? "");
  expect(states()[1]).toEqual({ kind: "refused", refusal: "too_many" });
  files.remove(first?.localId ?? "");
  files.retry(second?.localId ?? "");
  await files.settled();
  expect(states()).toMatchObject([{ kind: "ready" }]);
});

it("repairs a name instead of refusing it, and says what the buyer gets", async () => {
  const sent: string[] = [];
  const { files, states } = scene(async (file) => {
    sent.push(file.name);
    return stored(file.name);
  });
  files.add(picked("2026/11\\factura.pdf", `${"n".repeat(230)}.pdf`, "bien.pdf", "foto.png"), RULES);
  await files.settled();
  expect(states().map(({ kind }) => kind)).toEqual(["ready", "ready", "ready", "ready"]);
  expect(sent).toEqual(["2026-11-factura.pdf", `${"n".repeat(196)}.pdf`, "bien.pdf", "foto.png"]);
  expect(files.list().map(({ change }) => change)).toEqual([
    { kind: "renamed", name: "2026-11-factura.pdf" },
    { kind: "renamed", name: `${"n".repeat(196)}.pdf` },
    null,
    { kind: "renamed", name: "foto.pdf" },
  ]);
});

describe("an iPhone's photo", () => {
  const heic = { sniff: async () => "image/heic" };
  const jpg = new File(["abc"], "IMG_1.jpg", { type: "image/jpeg" });

  it("leaves as a JPG where the browser can read it", async () => {
    const upload = vi.fn(async (file: File) => stored(file.name));
    const { files } = scene(upload, { ...heic, toJpeg: async () => jpg });
    files.add(picked("IMG_1.HEIC"), RULES);
    await files.settled();
    expect(upload.mock.calls[0]?.[0].name).toBe("IMG_1.jpg");
    expect(files.list()[0]).toMatchObject({
      name: "IMG_1.HEIC",
      change: { kind: "converted", name: "IMG_1.jpg" },
      state: { kind: "ready" },
    });
  });

  it("is refused with words of its own where it cannot", async () => {
    const { files, states } = scene(async (file) => stored(file.name), heic);
    files.add(picked("IMG_1.HEIC"), RULES);
    await files.settled();
    expect(states()).toEqual([{ kind: "refused", refusal: "heic" }]);
  });

  it("leaves as it is where Mercado Libre takes it", async () => {
    const toJpeg = vi.fn(async () => jpg);
    const { files } = scene(async (file) => stored(file.name), { ...heic, toJpeg });
    files.add(picked("IMG_1.HEIC"), ATTACHMENT_RULES.GLOBAL);
    await files.settled();
    expect(files.list()[0]).toMatchObject({ change: null, state: { kind: "ready" } });
    expect(toJpeg).not.toHaveBeenCalled();
  });
});
