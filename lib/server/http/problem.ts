import "server-only";
import { AppError, type ErrorCode, STATUS_OF } from "@/lib/shared/errors";

/** What a person may read of an error: a title for logs and tools, never a text of Mercado Libre's or of a database. */
const TITLES: Record<ErrorCode, string> = {
  invalid_input: "The request does not have the expected form",
  too_large: "The request is larger than allowed",
  bad_origin: "The request does not come from this site",
  signed_out: "Sign in first",
  not_found: "There is nothing here for you",
  conflict: "This was already used for something else",
  account_disconnected: "The account is not connected to Mercado Libre",
  not_available: "Mercado Libre does not offer this to the account",
  refused_by_meli: "Mercado Libre refused",
  slow_down: "Too many calls to Mercado Libre for now",
  meli_unreadable: "Mercado Libre answered something we don't understand",
  meli_down: "Mercado Libre does not answer",
  bug: "Something went wrong on our side",
};

/** Any error as `application/problem+json`. What is not an AppError is a bug and tells nothing but its request id. */
export function problemResponse(error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : new AppError("bug", "unexpected", {}, { cause: error });
  const { reason, retryAt, fields } = known.detail;
  const status = STATUS_OF[known.code];
  const body = {
    code: known.code,
    title: TITLES[known.code],
    status,
    requestId,
    ...(known.code === "bug" || reason === undefined ? {} : { reason }),
    ...(retryAt === undefined ? {} : { retryAt: retryAt.toISOString() }),
    ...(fields === undefined ? {} : { fields }),
  };
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (retryAt !== undefined) {
    headers.set("retry-after", String(Math.max(1, Math.ceil((retryAt.getTime() - Date.now()) / 1000))));
  }
  return new Response(JSON.stringify(body), { status, headers });
}
