import type { ThreadRow } from "@/lib/shared/api/inbox";
import { CHANNELS, type ChannelName } from "@/lib/shared/thread";

/** What an address under /inbox shows. `channel` null: all of them together. `account`: narrowed to one, else null. */
export interface InboxAddress {
  channel: ChannelName | null;
  externalId: string | null;
  account: string | null;
}

const DIGITS = /^\d{1,20}$/;

/** Reads an address of the inbox, or null when it is none. `search` is the query string, with or without `?`. */
export function parseInboxAddress(pathname: string, search: string): InboxAddress | null {
  const [root, channelPart, idPart, ...rest] = pathname.split("/").filter((part) => part !== "");
  if (root !== "inbox" || rest.length > 0) return null;
  const channel = CHANNELS.find((name) => name === channelPart) ?? null;
  if (channelPart !== undefined && channel === null) return null;
  if (idPart !== undefined && !DIGITS.test(idPart)) return null;
  const account = new URLSearchParams(search).get("account");
  return {
    channel,
    externalId: idPart ?? null,
    account: account !== null && DIGITS.test(account) ? account : null,
  };
}

/** The address of a list or, with `externalId`, of one conversation. */
export function inboxHref(address: InboxAddress): string {
  const parts = ["/inbox", address.channel, address.externalId].filter((part) => part !== null);
  return parts.join("/") + (address.account === null ? "" : `?account=${address.account}`);
}

/** What a row's link names: of a chain of questions the one that is to be answered, else the conversation itself. */
export const addressOf = ({ externalId, question }: Pick<ThreadRow, "externalId" | "question">): string =>
  question?.address || externalId;
