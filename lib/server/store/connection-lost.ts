import "server-only";

/** PostgreSQL goes down, has crashed, starts up (57P01 to 57P03), or the connection broke (class 08). */
const GONE = /^(?:57P0[123]|08\w{3}|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT)$/;
/** What the driver says, without a code, of a connection that ended under a query. */
const ENDED =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;
const DEPTH = 5;

/** Did the database go away, rather than refuse? Such work is worth another try once it is back; whether the statement took
 *  effect is unknown. Looks through the causes that wrap the driver's error. */
export function isConnectionLost(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > DEPTH) return false;
  if ("code" in error && typeof error.code === "string" && GONE.test(error.code)) return true;
  return ENDED.test(error.message) || isConnectionLost(error.cause, depth + 1);
}
