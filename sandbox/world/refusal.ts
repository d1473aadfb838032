/** An answer that ends the request: an error of the contract, as it goes over the wire. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  /** `body`: an object becomes JSON, a text goes out as text/plain, null is an empty body. */
  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  toResponse(): Response {
    return answer(this.status, this.body, this.headers);
  }
}

/** A response with this body: JSON for anything but text and null. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  if (body === null || body === undefined) return new Response(null, { status, headers });
  if (typeof body === "string") {
    return new Response(body, {
      status,
      headers: { "content-type": "text/plain; charset=utf-8", ...headers },
    });
  }
  return Response.json(body, { status, headers });
}

/** The standard envelope, form B of messages.md 7 (auth-and-limits.md 7.1). */
export function standard(
  status: number,
  error: string | null,
  message: string,
  cause: unknown[] = [],
): Refusal {
  return new Refusal(status, { message, error, status, cause });
}

/** Nothing at this address (messages.md 2.1). */
export function notFound(message = "Resource not found."): Refusal {
  return standard(404, "not_found", message);
}
