/** Every error our API can answer, with its HTTP status. The UI translates codes; texts are for logs. */
export const STATUS_OF = {
  invalid_input: 422,
  too_large: 413,
  bad_origin: 403,
  signed_out: 401,
  not_found: 404,
  conflict: 409,
  account_disconnected: 409,
  not_available: 403,
  refused_by_meli: 422,
  slow_down: 429,
  meli_unreadable: 502,
  meli_down: 503,
  bug: 500,
} as const;

export type ErrorCode = keyof typeof STATUS_OF;

/** What an error may carry to the screen: nothing of it is a token or a person's text. */
export interface ErrorDetail {
  /** A machine-readable reason, such as a substatus or Mercado Libre's own error code. */
  reason?: string;
  /** When trying again makes sense. */
  retryAt?: Date;
  /** Field name -> reason code, for invalid_input. */
  fields?: Record<string, string>;
}

/** A page and what it shares with the whole process are bundled apart, each with a copy of this class: what was thrown by the
 *  one is known by this in the other. */
const BRAND = Symbol.for("buzon.AppError");

/** The one error class of the house. Thrown for what no caller on the way up will handle. */
export class AppError extends Error {
  readonly [BRAND] = true;
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.detail = detail;
  }
}

Object.defineProperty(AppError, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    if (this !== AppError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && BRAND in value;
  },
});
