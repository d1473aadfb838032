import type { Notice } from "@/sandbox/notifications/notice";
import { bodyOf } from "@/sandbox/notifications/notice";
import type { Sent } from "@/sandbox/notifications/sender";
import { headersOf } from "@/sandbox/notifications/sender";

/** notifications.md 4: readable for 2 days, then gone. */
const KEPT_MS = 48 * 3_600_000;

interface Filed {
  clientId: string;
  topic: string;
  resource: string;
  filedAt: number;
  /** JSON: the ids of applications do not fit into a number. */
  entry: string;
}

/** Notices that were given up, as `/missed_feeds` shows them (notifications.md 5). */
export class Missed {
  private list: Filed[] = [];

  /** Files what was sent to `url` and what came back last. */
  file(notice: Notice, o: { url: string; last: Sent; now: Date }): void {
    const first = notice.sends.find((one) => !one.copy)?.at ?? notice.at;
    const data = bodyOf(notice, 1, first);
    const headers = headersOf(data);
    const body = bodyOf(
      { ...notice, shape: { ...notice.shape, idKey: "_id", raw: undefined } },
      notice.attempts,
      notice.sends.at(-1)?.at ?? first,
    );
    const request = {
      url: o.url,
      headers: { ...headers, "content-length": Number(headers["content-length"]) },
      data,
    };
    const response = {
      req_time: Math.round(o.last.ms),
      http_code: o.last.status ?? 0,
      body: "",
      headers: {},
    };
    this.list.push({
      clientId: notice.clientId,
      topic: notice.topic,
      resource: notice.resource,
      filedAt: o.now.getTime(),
      entry: `${body.slice(0, -1)},"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}}`,
    });
  }

  /** The body of `/missed_feeds`; reading takes nothing away. */
  page(
    now: Date,
    o: {
      clientId: string;
      topic?: string | undefined;
      siteId?: string | undefined;
      limit: number;
      offset: number;
      newestFirst: boolean;
    },
  ): string {
    this.list = this.list.filter((one) => now.getTime() - one.filedAt < KEPT_MS);
    const found = this.list.filter(
      (one) =>
        one.clientId === o.clientId &&
        (!o.topic || one.topic === o.topic) &&
        // notifications.md 5: one call per site for items
        (!o.siteId || one.topic !== "items" || one.resource.includes(`/${o.siteId}`)),
    );
    if (o.newestFirst) found.reverse();
    const page = found.slice(o.offset, o.offset + o.limit).map((one) => one.entry);
    return `{"messages":[${page.join(",")}]}`;
  }

  clear(): void {
    this.list = [];
  }
}
