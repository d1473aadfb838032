import fc from "fast-check";
import { expect, it } from "vitest";
import * as real from "zod/mini";
import * as browser from "./zod-mini.js";

/** The browser's builders answer as zod/mini does, for what our contract is made of. */

function contractOf(z: typeof real) {
  const Instant = z.pipe(
    z.string().check(z.iso.datetime({ offset: true })),
    z.transform((text) => new Date(text)),
  );
  return z.object({
    id: z.string().check(z.uuid()),
    digits: z.string().check(z.regex(/^\d{1,20}$/)),
    text: z.string().check(z.minLength(1), z.maxLength(5)),
    at: z.nullable(Instant),
    state: z.enum(["open", "blocked"]),
    count: z.number(),
    isOpen: z.optional(z.boolean()),
    list: z.array(z.object({ name: z.nullable(z.string()) })),
    fields: z.optional(z.record(z.string(), z.string())),
    composer: z.union([
      z.object({ allowed: z.literal(true), maxLength: z.number() }),
      z.object({ allowed: z.literal(false), because: z.string() }),
    ]),
  });
}

const good = {
  id: "0199aa00-bb11-4c22-8d33-ee44ff556677",
  digits: "2000011112222333",
  text: "hola",
  at: "2026-09-01T10:00:00.000Z",
  state: "open",
  count: 2,
  isOpen: true,
  list: [{ name: null }, { name: "a" }],
  fields: { a: "b" },
  composer: { allowed: false, because: "blocked" },
};
const junk = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.date().map((d) => (Number.isNaN(d.getTime()) ? "" : d.toISOString())),
  fc.constant([]),
  fc.constant({}),
);

it("takes what zod/mini takes, and gives the same value", () => {
  const theirs = real.safeParse(contractOf(real), good);
  const ours = browser.safeParse(contractOf(browser as unknown as typeof real), good);
  expect(theirs.success).toBe(true);
  expect(ours).toEqual(theirs);
});

it("refuses what zod/mini refuses, for the same reasons", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(good)), junk), (changes) => {
      const value = { ...good, ...changes };
      const theirs = real.safeParse(contractOf(real), value);
      const ours = browser.safeParse(contractOf(browser as unknown as typeof real), value);
      expect(ours.success).toBe(theirs.success);
      if (theirs.success) expect(ours.data).toEqual(theirs.data);
      else
        expect(ours.error?.issues.map((i) => [i.code, i.path])).toEqual(
          theirs.error.issues.map((i) => [i.code, i.path]),
        );
    }),
    { numRuns: 500 },
  );
});
