import { vi } from "vitest";

/** A test that waits for something waits until it is there: on a busy machine that takes seconds. What never comes
 *  fails a little before the test's own time is up. vitest.config.ts says the same for `expect.poll`. */
const LONG_MS = 20_000;

const { waitFor } = vi;

vi.waitFor = (callback, options = {}) =>
  waitFor(callback, { timeout: LONG_MS, ...(typeof options === "number" ? { timeout: options } : options) });
