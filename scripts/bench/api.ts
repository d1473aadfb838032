import { get, load } from "./load";
import { type Line, millis, percentile, ratio } from "./report";

const ROUNDS = 8;
const PER_ROUND = 250;

/** The lists that a person chooses from: every one brings its first page with the counts of all of them. */
const LISTS = {
  everything: "",
  "what is to do": "?state=todo",
  "what is new": "?state=new",
  "what is blocked": "?state=blocked",
  "replies in trouble": "?state=troubled",
  messages: "?channel=messages",
  claims: "?channel=claims",
  questions: "?channel=questions",
  "questions to answer": "?channel=questions&state=todo",
  "one account": "?account=700000001",
} as const;

/** Each list against a bare handler with the same session check and the same bytes, in alternating rounds of one run;
 *  then list and conversation one request at a time. No response cache anywhere. */
export async function benchApi(
  appUrl: string,
  cookie: string,
  threadIds: readonly string[],
): Promise<Line[]> {
  const list = `${appUrl}/api/inbox`;
  const ratios: Line[] = [];
  for (const [name, query] of Object.entries(LISTS)) {
    ratios.push(await againstBare(appUrl, name, query, cookie, query === "" ? 1_000 : PER_ROUND));
  }
  const single = { cookie, connections: 1, count: 300 };
  const alone = await load(list, single);
  const opened: number[] = [];
  for (const id of threadIds) {
    opened.push(...(await load(`${appUrl}/api/threads/messages/${id}`, { ...single, count: 1 })));
  }
  return [
    ...ratios,
    millis("list API, one at a time, p50", percentile(alone, 0.5), 15),
    millis("list API, one at a time, p95", percentile(alone, 0.95), null),
    millis("conversation API, one at a time, p50", percentile(opened, 0.5), 15),
    millis("conversation API, one at a time, p95", percentile(opened, 0.95), null),
  ];
}

async function againstBare(
  appUrl: string,
  name: string,
  query: string,
  cookie: string,
  warmUps: number,
): Promise<Line> {
  const [list, bare] = [`${appUrl}/api/inbox${query}`, `${appUrl}/api/bare`];
  const bytes = await get(list, cookie);
  await fetch(bare, { method: "PUT", body: new Uint8Array(bytes) });
  const many = { cookie, connections: 20, count: PER_ROUND };
  for (const url of [list, bare]) await load(url, { ...many, count: warmUps });
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(...(await load(list, many)));
    theirs.push(...(await load(bare, many)));
  }
  const what = `list API, ${name}, with counts, 20 connections, p50 (${Math.round(bytes.length / 1024)} kB)`;
  return ratio(what, percentile(ours, 0.5), percentile(theirs, 0.5), 2);
}
