import "server-only";
import type { StoredProblem } from "@/lib/server/store/contact-wishes";
import type { ReadProblem } from "@/lib/shared/api/leads";
import { AppError } from "@/lib/shared/errors";

/** What passes by itself is tried again soon, unless Mercado Libre names a time; a refusal that no retry heals, seldom: too
 *  many of them cost an application its access (auth-and-limits.md 6.3). */
const PASSING_MS = 30_000;
const REFUSED_MS = 15 * 60_000;
const SOONEST_MS = 2_000;
const PASSING: readonly string[] = ["slow_down", "meli_down", "bug"];

/** A failure as it is kept and shown: codes alone, nothing that a person wrote. Pure but for the clock. */
export function problemOf(error: unknown): StoredProblem {
  const known = error instanceof AppError ? error : null;
  const code = known?.code ?? "bug";
  const soonest = Date.now() + SOONEST_MS;
  const usual = Date.now() + (PASSING.includes(code) ? PASSING_MS : REFUSED_MS);
  return {
    problem: code,
    problemReason: known?.detail.reason ?? null,
    retryAt: new Date(Math.max(soonest, known?.detail.retryAt?.getTime() ?? usual)),
  };
}

/** A kept problem as the browser is told. Pure. */
export function problemView(
  kept: { problem: string | null; problemReason: string | null; retryAt: Date | null } | null | undefined,
): ReadProblem | null {
  if (kept?.problem == null) return null;
  return { code: kept.problem, reason: kept.problemReason, retryAt: kept.retryAt };
}
