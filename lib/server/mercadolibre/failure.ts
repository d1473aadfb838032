import "server-only";
import { AppError, type ErrorCode, type ErrorDetail } from "@/lib/shared/errors";
import type { Family } from "./http";
import { isRecord, parseJson } from "./json";
import { redact } from "./redact";

/** Every way in which Mercado Libre says no, in one shape (messages.md 7, auth-and-limits.md 7.1). */
export interface MeliFailure {
  /** null: no answer arrived (network, timeout). */
  status: number | null;
  /** The machine-readable word of the body: `error`, else `code`. */
  code: string | null;
  /** Its human text, redacted and cut. It may repeat a person's words: never logged. */
  message: string;
  causes: string[];
  /** The first value that names a block, such as a substatus (messages.md 7). */
  blockedBy: string | null;
  requestId: string | null;
  retryAfterMs: number | null;
  /** Did the request possibly take effect? True for timeouts, cut bodies and 5xx of a write. */
  mayHaveApplied: boolean;
}

/** What Mercado Libre refused, or could not be understood to say. Thrown by every function of this folder. */
export class MeliError extends AppError {
  readonly failure: MeliFailure;

  constructor(
    code: ErrorCode,
    message: string,
    failure: MeliFailure,
    detail: ErrorDetail = {},
    options?: { cause?: unknown },
  ) {
    super(code, message, detail, options);
    this.failure = failure;
  }
}

const CODE = /^[A-Za-z][\w.:-]{0,119}$/;

/** The word, if a program chose it and not a person. Pure. */
export function codeOnly(word: string | null): string | null {
  return word !== null && CODE.test(word) ? word : null;
}

/** What a log may know of a failure: Mercado Libre's refusals repeat what they were sent, so only codes are kept. Pure. */
export function failureForLog({ message: _unsaid, causes, ...failure }: MeliFailure): object {
  return {
    ...failure,
    code: codeOnly(failure.code),
    blockedBy: codeOnly(failure.blockedBy),
    causes: causes.filter((cause) => CODE.test(cause)),
  };
}

/** The code of a refusal for an error's own message, with a space before it; empty when it has none. Pure. */
export function saidOf({ code }: Pick<Envelope, "code">): string {
  const word = codeOnly(code);
  return word === null ? "" : ` ${word}`;
}

/** What the body of a refusal says, whatever its form. */
export interface Envelope {
  code: string | null;
  message: string;
  causes: string[];
  blockedBy: string | null;
  /** `blocked_by: "PolicyAgent"`: the application lacks a permission (form E). */
  isPolicyRefusal: boolean;
}

const MACHINE_WORD = /^[\w.:-]{1,120}$/;
const BLOCK = /^blo(?:ck|qu)\S*$/i;
const TEXT_LIMIT = 300;

function asText(value: unknown): string | null {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string") return null;
  const text = value.trim();
  return text === "" ? null : text;
}

function causesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.slice(0, 20).flatMap(causesOf);
  if (isRecord(value)) {
    return [value.code, value.type, value.message, value.description].flatMap((part) => asText(part) ?? []);
  }
  const text = asText(value);
  return text === null ? [] : [text];
}

function plain(text: string): string {
  return text
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** Reads the body of a refusal: JSON of forms A to E, plain text, HTML or nothing. Never throws. */
export function readEnvelope(body: string, known: readonly string[] = []): Envelope {
  const clean = (text: string) => redact(text, known).slice(0, TEXT_LIMIT);
  let parsed: unknown;
  try {
    parsed = parseJson(body);
  } catch {
    parsed = undefined;
  }
  if (!isRecord(parsed)) {
    const text = plain(typeof parsed === "string" ? parsed : body);
    const code = /^[a-z][a-z0-9_]{2,60}$/.test(text) ? text : null; // `local_rate_limited` (form F)
    return {
      code,
      message: clean(text),
      causes: [],
      blockedBy: BLOCK.test(text) ? text : null,
      isPolicyRefusal: false,
    };
  }
  const [error, code] = [asText(parsed.error), asText(parsed.code)];
  const message = asText(parsed.message) ?? asText(parsed.error_description) ?? asText(parsed.msg) ?? "";
  const causes = causesOf(parsed.cause);
  const words = [error, code].filter((word) => word !== null);
  const named = words.find((word) => MACHINE_WORD.test(word)) ?? words[0] ?? null;
  return {
    code: named === null ? null : clean(named),
    message: clean(plain(message)),
    causes: causes.map(clean),
    blockedBy: [...causes, code, error, message].find((value) => value !== null && BLOCK.test(value)) ?? null,
    isPolicyRefusal: asText(parsed.blocked_by) === "PolicyAgent" || /^PA_UNAUTHORIZED/.test(code ?? ""),
  };
}

/** Is this refusal a request to slow down? 429, and the quota errors that come as 409 (auth-and-limits.md 7.2). */
export function isRateLimit(status: number, envelope: Envelope): boolean {
  if (status !== 409) return status === 429;
  return /^too_many_requests?$/.test(envelope.code ?? "") || /^quota exceeded$/i.test(envelope.message);
}

/** What is about classified listings says 403 where others say 401 (auth-and-limits.md 7.2). `invalid token caller` is
 *  another matter: a token of someone else, which a new one would not mend (questions-and-contacts.md 4.2). */
function isExpiredToken(status: number, envelope: Envelope, family: Family | null): boolean {
  const isClassified = family === "leads" || family === "contacts";
  return isClassified && status === 403 && /^invalid token$/i.test(envelope.message);
}

/** Our code and reason for a refusal (auth-and-limits.md 7.2). `profile` tells a Model 6 account from a plain 403, `family`
 *  an expired token from one that lacks a right. */
export function classify(
  status: number,
  envelope: Envelope,
  profile: "LOCAL" | "GLOBAL" | null,
  family: Family | null = null,
): { code: ErrorCode; reason: string | null } {
  const says = (word: string) => envelope.code === word || envelope.message === word;
  if (says("unauthorized_scopes") || says("unauthorized_application")) {
    return { code: "not_available", reason: "application_blocked" };
  }
  if (status === 401 || isExpiredToken(status, envelope, family)) {
    return { code: "account_disconnected", reason: envelope.code };
  }
  if (isRateLimit(status, envelope) || status === 423) return { code: "slow_down", reason: envelope.code };
  if (status === 403) {
    if (envelope.isPolicyRefusal) return { code: "not_available", reason: "missing_permission" };
    if (profile === "GLOBAL" && isModelSix(envelope)) return { code: "not_available", reason: "model_6" };
  }
  if (status === 404) return { code: "not_found", reason: envelope.code };
  if (status >= 500) return { code: "meli_down", reason: envelope.code };
  if (status >= 400) {
    return { code: "refused_by_meli", reason: envelope.blockedBy ?? envelope.code ?? `http_${status}` };
  }
  return { code: "meli_unreadable", reason: `http_${status}` };
}

/** `{"message":"Forbidden","error":"Forbidden","cause":[]}`: sellers flagged "Model 6" (messages.md 5). */
function isModelSix(envelope: Envelope): boolean {
  return envelope.code === "Forbidden" && envelope.message === "Forbidden" && envelope.causes.length === 0;
}
