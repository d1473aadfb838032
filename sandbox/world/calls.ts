/** One call that arrived at the API. */
export interface Call {
  /** Counts up from 1; `since` accepts it. */
  id: number;
  at: string;
  method: string;
  path: string;
  /** With the question mark; tokens are never kept. */
  query: string;
  status: number | null;
  ms: number;
  requestId: string;
  /** The granting account, when the token said so. */
  sellerId: string | null;
  clientId: string | null;
  /** `mark_as_read=false` present? null when the call is not a conversation read. */
  readFlag: boolean | null;
  /** The JSON body of a write, but never of the token endpoint. */
  body: unknown;
  /** The fault that was injected into it. */
  faultId: string | null;
  /** A call that took effect late: when, and what its answer would have been. */
  late: { at: string; status: number } | null;
}

const KEPT = 10_000;

/** The calls received, oldest first, bounded to the last 10,000. */
export class CallList {
  private list: Call[] = [];
  private last = 0;

  start(call: Omit<Call, "id">): Call {
    this.last += 1;
    const kept = { id: this.last, ...call };
    this.list.push(kept);
    if (this.list.length > KEPT + 1_000) this.list = this.list.slice(-KEPT);
    return kept;
  }

  /** `path` is a regular expression's source, on the path; `since` a call id or an ISO date.
   *  @throws SyntaxError when `path` is no regular expression. */
  find(wanted: { path?: string; method?: string; since?: string; sellerId?: string }): Call[] {
    const path = wanted.path ? new RegExp(wanted.path) : null;
    const sinceId = wanted.since && /^\d+$/.test(wanted.since) ? Number(wanted.since) : null;
    const sinceAt = wanted.since && sinceId === null ? new Date(wanted.since).getTime() : null;
    return this.list
      .slice(-KEPT)
      .filter(
        (call) =>
          (!path || path.test(call.path)) &&
          (!wanted.method || call.method === wanted.method.toUpperCase()) &&
          (!wanted.sellerId || call.sellerId === wanted.sellerId) &&
          (sinceId === null || call.id > sinceId) &&
          (sinceAt === null || new Date(call.at).getTime() >= sinceAt),
      );
  }

  clear(): void {
    this.list = [];
  }
}
