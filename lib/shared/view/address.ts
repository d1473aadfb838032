import { INBOX_STATES, type InboxState, type ThreadRow } from "@/lib/shared/api/inbox";
import { CHANNELS, type ChannelName } from "@/lib/shared/thread";

/** What an address under /inbox shows. `channel` null: all of them together. `account`, `state`: what the list is narrowed
 *  to, else null. */
export interface InboxAddress {
  channel: ChannelName | null;
  externalId: string | null;
  account: string | null;
  state?: InboxState | null;
}

const DIGITS = /^\d{1,20}$/;

/** Reads an address of the inbox, or null when it is none. `search` is the query string, with or without `?`. */
export function parseInboxAddress(pathname: string, search: string): InboxAddress | null {
  const [root, channelPart, idPart, ...rest] = pathname.split("/").filter((part) => part !== "");
  if (root !== "inbox" || rest.length > 0) return null;
  const channel = CHANNELS.find((name) => name === channelPart) ?? null;
  if (channelPart !== undefined && channel === null) return null;
  if (idPart !== undefined && !DIGITS.test(idPart)) return null;
  const query = new URLSearchParams(search);
  const account = query.get("account");
  return {
    channel,
    externalId: idPart ?? null,
    account: account !== null && DIGITS.test(account) ? account : null,
    state: INBOX_STATES.find((state) => state === query.get("state")) ?? null,
  };
}

/** The address of a list or, with `externalId`, of one conversation. */
export function inboxHref(address: InboxAddress): string {
  const parts = ["/inbox", address.channel, address.externalId].filter((part) => part !== null);
  const query = [
    address.account === null ? "" : `account=${address.account}`,
    address.state ? `state=${address.state}` : "",
  ].filter((part) => part !== "");
  return parts.join("/") + (query.length === 0 ? "" : `?${query.join("&")}`);
}

/** What a row's link names: of a chain of questions the one that is to be answered, else the conversation itself. */
export const addressOf = ({ externalId, question }: Pick<ThreadRow, "externalId" | "question">): string =>
  question?.address || externalId;
