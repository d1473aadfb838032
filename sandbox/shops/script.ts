import type { AttachmentSeed } from "@/sandbox/control/attachment-seed";
import type { MessageSeed, ThreadSeed } from "@/sandbox/control/seeds";
import type { Random } from "@/sandbox/world/random";
import { between, pick } from "@/sandbox/world/random";

/** A product of a shop: title, price in the site's currency, a variation when it has one. */
export interface Product {
  title: string;
  price: number;
  variation?: string;
  sku?: string;
}

/** A conversation as it is written down in these files. */
export interface Script {
  who: string;
  city?: string;
  what: Product;
  also?: Product[];
  /** Minutes since the last message. */
  last: number;
  /** One line per message: `b text` or `s text`; `s{REASON} text` was moderated, `s{REASON+3} text` will be three minutes
   *  from now; `s<OTHER> text` came from the guide; `b^ text` was written before the agent stepped in;
   *  `b@20h text` came twenty hours after the one before;
   *  `text || translation`; files in square brackets at the end: `b Mire [foto.jpg][-perdida.png]`, the second vanished. */
  says: string[];
  /** True: the seller has read it all. Default: what no answer followed is unread. */
  read?: boolean;
  /** Minutes between two messages, at most. */
  pace?: number;
  /** Days since the sale; default: a little before the first message. */
  sold?: number;
  ship?: { status?: string; substatus?: string | null; logisticType?: string } | null;
  blocked?: string;
  more?: Partial<ThreadSeed>;
}

const TYPES: Record<string, string> = {
  jpg: "image/jpeg",
  png: "image/png",
  pdf: "application/pdf",
  txt: "text/plain",
  heic: "image/heic",
};

const FILES = /\[(-?[^\]]+\.(?:jpg|png|pdf|txt|heic))\]/g;

/** Turns a script into a seed; `random` gives it its times and its parcel. */
export function stage(random: Random, script: Script): ThreadSeed {
  const times = timesOf(random, script);
  // a Global Selling parcel comes from abroad
  const remote = script.more?.siteId ? { logisticType: "remote" } : {};
  const sold = script.sold ?? (times[0] ?? 0) / 1440 + 0.2 + random() * 2.5;
  return {
    buyerName: script.who,
    ...(script.city ? { buyerCity: script.city } : {}),
    product: script.what,
    moreProducts: script.also ?? [],
    messages: script.says.map((line, index) =>
      messageOf(line, times[index] ?? script.last, script.read ?? false),
    ),
    soldDaysAgo: sold,
    isPack: random() < 0.7,
    shipment: script.ship === null ? null : { ...parcelOf(random, sold), ...remote, ...script.ship },
    ...(script.blocked ? { status: "blocked" as const, substatus: script.blocked } : {}),
    ...script.more,
  };
}

/** How far a parcel has come after so many days. */
export function parcelOf(
  random: Random,
  soldDaysAgo: number,
): { status: string; substatus: string | null; logisticType: string } {
  const logisticType = pick(random, [
    "fulfillment",
    "cross_docking",
    "cross_docking",
    "drop_off",
    "xd_drop_off",
    "self_service",
  ]);
  if (soldDaysAgo > 5.5) return { status: "delivered", substatus: null, logisticType };
  if (soldDaysAgo > 1.6)
    return { status: "shipped", substatus: pick(random, [null, "out_for_delivery"]), logisticType };
  if (soldDaysAgo > 0.5)
    return { status: "ready_to_ship", substatus: pick(random, ["printed", "ready_to_print"]), logisticType };
  return { status: "handling", substatus: null, logisticType };
}

function messageOf(line: string, minutesAgo: number, isRead: boolean): MessageSeed {
  const [, author, before, reason, minutes, option, rest = ""] =
    /^([bs])(\^)?(?:@\d+h)?(?:\{(\w+?)(?:\+(\d+))?\})?(?:<(\w+)>)? ([\s\S]*)$/.exec(line) ?? [];
  if (!author) throw new Error(`not a line of a script: ${line}`);
  const files = [...rest.matchAll(FILES)].map((match) => match[1] ?? "");
  const [text = "", translated] = rest
    .replace(FILES, "")
    .replace(/ +(?=\|\||$)/g, "")
    .split("|| ");
  return {
    from: author === "b" ? "buyer" : "seller",
    text,
    ...(translated ? { translated } : {}),
    minutesAgo,
    attachments: files.map(fileOf),
    ...(reason && minutes ? { rejectedIn: { reason, minutes: Number(minutes) } } : {}),
    ...(reason && !minutes ? { moderation: { status: "rejected", reason } } : {}),
    ...(before ? { viaAgent: false } : {}),
    ...(option ? { optionId: option } : {}),
    ...(author === "b" && isRead ? { unread: false } : {}),
  };
}

/** A file as a line names it: `foto.jpg`, `-lost.png` vanished. */
export function fileOf(written: string): AttachmentSeed {
  const name = written.replace(/^-/, "");
  return {
    name,
    gone: name !== written,
    type: TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream",
  };
}

/** Answers come in minutes, now and then after hours, or when the line says so. */
function timesOf(random: Random, { says, last, pace = 55 }: Script): number[] {
  const times: number[] = [];
  let ago = last;
  for (const line of says.toReversed()) {
    times.unshift(ago);
    const hours = /^[bs]\^?@(\d+)h/.exec(line)?.[1];
    const gap = random() < 0.2 && pace > 20 ? between(random, 90, 600) : between(random, 1, pace);
    ago += hours ? Number(hours) * 60 + between(random, 0, 25) : gap;
  }
  return times;
}
