export const SELLER = "700000001";
export const BUYER = "700000099";
export const ITEM = "MLA1000000001";

/** The example of questions-and-contacts.md 1.1, as a search gives it. */
export const searchedQuestion = {
  id: 13000000001,
  seller_id: 700000001,
  item_id: "MLA1000000001",
  status: "UNANSWERED",
  text: "¿Hay stock?",
  date_created: "2026-10-08T14:50:27.938-04:00",
  deleted_from_listing: false,
  hold: false,
  suspected_spam: false,
  answer: null,
  from: { id: 700000099 },
};

/** The same question by id: no `from`, no `suspected_spam`, the other style of dates (1.2). */
export const questionById = {
  id: 13000000001,
  seller_id: 700000001,
  buyer_id: 700000099,
  item_id: "MLA1000000001",
  status: "UNANSWERED",
  text: "¿Hay stock?",
  date_created: "2026-10-08T18:50:27.938123456Z",
  last_updated: "2026-10-08T18:51:00Z",
  app_id: 7092,
  deleted_from_listing: false,
  hold: false,
  answer: null,
};

/** As Global Selling tells one (3). */
export const globalQuestion = {
  ...searchedQuestion,
  item_id: "CBT1000000001",
  marketplace_item_id: "MLM1000000001",
  site_id: "MLM",
  status: "ANSWERED",
  text_translated: "Is it in stock?",
  answer: {
    text: "Sí",
    text_translated: "Yes",
    status: "ACTIVE",
    date_created: "2026-10-08T15:00:00.000-04:00",
  },
};

/** A page of a search: totals at its root, the offset in `filters` alone (1.1). */
export const questionPage = (questions: unknown[], more: object = {}) => ({
  total: questions.length,
  limit: 50,
  questions,
  filters: {
    limit: 50,
    offset: 0,
    api_version: "4",
    is_admin: false,
    sorts: [],
    caller: 700000001,
    seller: 700000001,
  },
  available_filters: [
    { id: "status", name: "Status", type: "text", values: ["ANSWERED", "BANNED", "UNANSWERED"] },
  ],
  available_sorts: ["item_id", "from_id", "date_created", "seller_id"],
  ...more,
});

/** So many questions with ids from `first` on. */
export const questionsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...searchedQuestion, id: first + index }));

/** A refusal in the standard envelope (auth-and-limits.md 7.1). */
export const refusal = (status: number, error: string, message = error) => ({
  status,
  body: { message, error, status, cause: [] },
});

/** A permission that the application lacks, which comes as 403 (auth-and-limits.md 7.1). */
export const policyAgent = {
  status: 403,
  body: {
    status: 403,
    blocked_by: "PolicyAgent",
    code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
    message: "At least one policy returned UNAUTHORIZED.",
  },
};

/** Seven texts that are no rows: an answer with them keeps the rest. */
export const notRows: unknown[] = [null, "secreto", 7, [], {}, { id: null, text: "secreto" }, { id: "x y" }];
