import "server-only";
import type { ChannelName } from "@/lib/shared/thread";
import type { Channel } from "./channel";
import { claimsChannel } from "./claims";
import { messagesChannel } from "./messages";
import { questionsChannel } from "./questions";

const CHANNELS: Readonly<Record<ChannelName, Channel>> = {
  messages: messagesChannel,
  claims: claimsChannel,
  questions: questionsChannel,
};

/** The implementation of a channel. */
export const channelOf = (name: ChannelName): Channel => CHANNELS[name];

/** The channels that keep a list of what is unread, for the sweep over it. Claims have none: they are found by when they
 *  changed (docs/decisions/046); of questions all that wait are listed (051). */
export function unreadChannels(): { name: ChannelName; channel: Channel }[] {
  return [{ name: "messages", channel: messagesChannel }];
}
