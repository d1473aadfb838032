/** What a backup holds of the database: the tables in the order in which they can be filled, each after those it points to.
 *  A new table belongs here or to `LEFT_OUT`; a test fails until somebody has decided. */
export const KEPT = [
  "accounts",
  "tokens",
  "users",
  "sessions",
  "memberships",
  "threads",
  "list_counts",
  "messages",
  "questions",
  "listings",
  "account_facts",
  "leads",
  "lead_syncs",
  "contact_reads",
  "contact_series",
  "contact_totals",
  "contact_wishes",
  "looks",
  "unseen",
  "drafts",
  "outbox",
  "audits",
  "files",
  "file_chunks",
  "syncs",
  "calls",
  "changes",
  "notices",
  "counters",
  "chores",
  "push_subscriptions",
] as const;

/** What is made anew by itself: who works now, and how much of this minute's calls is left. */
export const LEFT_OUT = ["workers", "rate_buckets"] as const;

/** Tables that any process fills by running. They do not make a database one that is in use, and are replaced. */
export const REPLACED: readonly string[] = ["counters", "chores"];
