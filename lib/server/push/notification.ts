import "server-only";
import type { ChannelName } from "@/lib/shared/thread";
import { inboxHref } from "@/lib/shared/view/address";
import type { Locale } from "@/lib/shared/words/locale";
import { LANGUAGE_TAGS } from "@/lib/shared/words/locale";
import { WORDS } from "@/lib/shared/words/words";

/** What public/sw.js shows. */
export interface Notification {
  title: string;
  body: string;
  lang: string;
  /** A newer one with the same tag takes the place of the older. */
  tag: string;
  /** What a click opens: a path of ours. */
  url: string;
}

/** A payload may have 4 kB; a lock screen shows far less. */
const TITLE_MAX = 80;
const BODY_MAX = 160;

/** New messages of one conversation: who wrote and about what, never what they wrote: it would stand on lock screens. Pure. */
export function notificationOf(
  news: {
    accountId: string;
    channel: ChannelName;
    externalId: string;
    buyerName: string | null;
    product: string | null;
    count: number;
  },
  locale: Locale,
): Notification {
  const words = WORDS[locale].push.notice;
  const url = inboxHref({ channel: news.channel, externalId: news.externalId, account: news.accountId });
  const [one, many] =
    news.channel === "questions" ? [words.oneQuestion, words.manyQuestions] : [words.one, words.many];
  const what = news.count === 1 ? one : many;
  return {
    title: cut(news.buyerName ?? words.buyer, TITLE_MAX),
    body: cut(news.product === null ? what : `${what} · ${news.product}`, BODY_MAX),
    lang: LANGUAGE_TAGS[locale],
    tag: url,
    url,
  };
}

/** The notification of the test button. Pure. */
export function testNotification(locale: Locale): Notification {
  const { testTitle, testBody } = WORDS[locale].push.notice;
  return { title: testTitle, body: testBody, lang: LANGUAGE_TAGS[locale], tag: "test", url: "/settings" };
}

function cut(text: string, max: number): string {
  const letters = [...text];
  return letters.length <= max
    ? text
    : `${letters
        .slice(0, max - 1)
        .join("")
        .trimEnd()}…`;
}
