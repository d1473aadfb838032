import { type ErrorCode, STATUS_OF } from "@/lib/shared/errors";

/** What went wrong with a call of our own API, as the screen tells it apart. `offline`: no answer came at all. */
export type ApiProblem = ErrorCode | "offline";

export interface ApiErrorDetail {
  status: number | null;
  reason: string | null;
  retryAt: Date | null;
  requestId: string | null;
  /** Of `invalid_input`: field name -> reason code. */
  fields: Readonly<Record<string, string>> | null;
}

/** The one error that a call of our API throws. Words for `code` are chosen by the screen. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ApiProblem;
  readonly detail: ApiErrorDetail;

  constructor(code: ApiProblem, detail: Partial<ApiErrorDetail> = {}, options?: { cause?: unknown }) {
    super(`our API: ${code}`, options);
    this.code = code;
    this.detail = { status: null, reason: null, retryAt: null, requestId: null, fields: null, ...detail };
  }
}

/** The code of anything a query or mutation may have thrown. */
export function problemOf(error: unknown): ApiProblem {
  return error instanceof ApiError ? error.code : "bug";
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(STATUS_OF, code);
}
