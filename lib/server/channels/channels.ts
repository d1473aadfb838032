import "server-only";
import { AppError } from "@/lib/shared/errors";
import type { ChannelName } from "@/lib/shared/thread";
import type { Channel } from "./channel";
import { claimsChannel } from "./claims";
import { messagesChannel } from "./messages";

const CHANNELS: Partial<Record<ChannelName, Channel>> = {
  messages: messagesChannel,
  claims: claimsChannel,
};

/** The implementation of a channel. @throws AppError not_found for one that does not exist yet. */
export function channelOf(name: ChannelName): Channel {
  const channel = CHANNELS[name];
  if (channel === undefined) throw new AppError("not_found", `no channel ${name}`);
  return channel;
}

/** The channels that keep a list of what is unread, for the sweep over it. Claims have none: they are found by when they
 *  changed (docs/decisions/046). */
export function unreadChannels(): { name: ChannelName; channel: Channel }[] {
  return [{ name: "messages", channel: messagesChannel }];
}
