import "server-only";

/** What each metric tells, as docs/metrics.md lists them. Totals: what `count` counts, exposed as `buzon_<name>_total`. */
export const TOTALS: Readonly<Record<string, string>> = {
  meli_calls:
    "Calls to Mercado Libre by family, kind and class of answer; 429 stands alone, none is no answer",
  conversation_reads:
    "Conversations read, by whether mark_as_read=false was there; only a person's mark-read lacks it",
  budget_refused: "Calls that found no room in the rate budget in time",
  budget_wait_seconds: "Seconds that calls waited for the rate budget",
  budget_slowed: "429 answers that slowed a budget down",
  notifications: "Notifications received, by topic and what became of them",
  notices_again: "Notifications that are looked at again later, by why",
  missed_feeds: "Notifications that only the list of missed ones told of",
  streams: "Event streams opened and closed",
  stream_events: "Events sent to browsers by kind; reset: the browser reads everything anew",
  replies: "Replies by every state that they came to",
  acts: "Acts on claims by kind and every state that they came to",
  question_acts: "Questions deleted and hidden, buyers blocked and let ask again, by result",
  token_refreshes: "Token refreshes by result",
  drafts: "Drafts saved and refused",
  later_looks: "Conversations read again because moderation may come late",
  unknown_substatus: "Block codes that the catalogue lacks, once for each code and process",
  http_requests: "Requests to our own API by method, route and class of answer",
};

export const GAUGES: Readonly<Record<string, string>> = {
  outbox_rows: "Replies that are not settled, by state",
  outbox_oldest_queued_seconds: "Age of the oldest reply that waits to be sent",
  outbox_uncertain: "Replies of which nobody knows whether they arrived",
  replies_doubled: "Texts that stand in a thread more often than they were sent, of the last hour",
  notices_pending: "Notifications stored and not yet worked off",
  notices_oldest_pending_seconds: "Age of the oldest of them",
  notice_age_seconds: "Since the last notification of a topic",
  gap_messages: "Buyer messages stored without a notification of their own",
  sweep_age_seconds: "Since the unread list was last read, of the account where that is longest ago",
  accounts: "Accounts by state; reconnect needs the seller's consent",
  pulls_wanted: "Conversations that are wished to be read, by who wishes it",
  workers: "Worker processes that live",
  thread_wishes:
    "Conversations that something is wished for: to be marked read, or that what stands beside them is read",
  budget_free: "Part of a budget that may go at once, 0 to 1",
  budget_factor: "Part of the configured rate in use, 0 to 1; a 429 halves it",
  budget_blocked: "1 while a budget is closed after a 429",
};
