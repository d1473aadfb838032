import "server-only";
import { AppError } from "@/lib/shared/errors";
import type { ChannelName } from "@/lib/shared/thread";
import type { Channel } from "./channel";
import { messagesChannel } from "./messages";

const CHANNELS: Partial<Record<ChannelName, Channel>> = { messages: messagesChannel };

/** The implementation of a channel. @throws AppError not_found for one that does not exist yet. */
export function channelOf(name: ChannelName): Channel {
  const channel = CHANNELS[name];
  if (channel === undefined) throw new AppError("not_found", `no channel ${name}`);
  return channel;
}

/** Every channel there is, for sweeps over all of them. */
export function allChannels(): { name: ChannelName; channel: Channel }[] {
  return [{ name: "messages", channel: messagesChannel }];
}
