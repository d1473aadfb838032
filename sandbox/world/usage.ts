type Kind = "read" | "write";
type Tally = Record<string, number>;

const FAMILIES = [
  "oauth",
  "users",
  "messages",
  "claims",
  "orders",
  "packs",
  "items",
  "shipments",
  "missed_feeds",
  "contacts",
  "leads",
  "questions",
];
const RENAMED: Partial<Record<string, string>> = {
  authorization: "oauth",
  applications: "users",
  "post-purchase": "claims",
  automatic: "claims",
  vis: "leads",
  answers: "questions",
  my: "questions",
  "block-api": "questions",
  moderations: "questions",
};
/** Different addresses that are counted one by one; whatever comes after is only in its family. */
const MOST_ROUTES = 500;

/** What was called since the last clear, without limit on the number of calls. */
export class Usage {
  private byFamily: Record<string, Record<Kind, Tally>> = {};
  private byRoute: Record<string, Tally> = {};
  private refusedBy: Tally = {};
  private total = 0;
  private limiterRefused = 0;
  private since: Date;

  constructor(now: Date) {
    this.since = now;
  }

  /** One answered call; `status` 0 stands for a call that is never answered. */
  count(method: string, path: string, status: number): void {
    this.total += 1;
    const kind: Kind = method === "GET" ? "read" : "write";
    this.byFamily[familyOf(path)] ??= { read: {}, write: {} };
    const family = this.byFamily[familyOf(path)];
    if (family) add(family[kind], String(status));
    const route = `${method} ${routeOf(path)}`;
    if (!(route in this.byRoute) && Object.keys(this.byRoute).length >= MOST_ROUTES) return;
    this.byRoute[route] ??= {};
    add(this.byRoute[route], String(status));
  }

  /** The limiter gave a 429. */
  refuse(family: string, kind: Kind): void {
    this.limiterRefused += 1;
    add(this.refusedBy, `${family} ${kind}`);
  }

  /** Counters per family, kind and status, and per address with ids replaced by `{id}`. */
  view(): object {
    const { since, total, limiterRefused, byFamily, byRoute } = this;
    return { since, total, limiterRefused, byFamily, limiterRefusedByFamily: this.refusedBy, byRoute };
  }

  clear(now: Date): void {
    this.byFamily = {};
    this.byRoute = {};
    this.refusedBy = {};
    this.total = 0;
    this.limiterRefused = 0;
    this.since = now;
  }
}

function add(tally: Tally, key: string): void {
  tally[key] = (tally[key] ?? 0) + 1;
}

/** The endpoint family of a path, as the limiter knows it (auth-and-limits.md 6.1). */
function familyOf(path: string): string {
  // questions-and-contacts.md 4.1: counters hang on items and on users
  if (/^\/(items|users)\/([^/]+\/)?contacts\//.test(path)) return "contacts";
  // questions-and-contacts.md 1: the metric and the block list hang on the user
  if (/^\/users\/[^/]+\/questions/.test(path)) return "questions";
  if (/^\/users\/[^/]+\/items\//.test(path)) return "items";
  const [first = ""] = path
    .replace(/^\/marketplace(\/v2)?(?=\/)/, "")
    .slice(1)
    .split("/");
  const name = RENAMED[first] ?? first;
  return FAMILIES.includes(name) ? name : "other";
}

function routeOf(path: string): string {
  return path
    .split("/")
    .map((step) => (/\d{4,}|^[\da-f-]{24,}/.test(step) ? "{id}" : step))
    .join("/");
}
