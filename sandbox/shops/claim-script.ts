import type { ClaimMessageSeed, ClaimSeed } from "@/sandbox/control/claim-seeds";
import type { Product, Script } from "@/sandbox/shops/script";
import { fileOf } from "@/sandbox/shops/script";

/** A claim as it is written down in these files. */
export interface ClaimScript {
  /** The buyer. Without `what`: of a conversation that the shop holds already. */
  who: string;
  city?: string;
  /** Its sale, when the shop has none yet. */
  what?: Product;
  also?: Product[];
  ship?: Script["ship"];
  /** What was said in the sale's own conversation, as in `Script`; default: nothing. */
  chat?: string[];
  more?: Script["more"];
  /** Hours since it was opened. */
  opened: number;
  /** One line per message, each with the hours since: `b@26h text`, `s@20h text`, `m@3h <p>text</p>`;
   *  `b>m@5h text` was written to the mediator though the stage is another; `s{REASON}@2h text` was moderated;
   *  `text || translation`; files in square brackets at the end: `b@9h Mire [foto.jpg][-perdida.png]`. */
  says: string[];
  seed?: Omit<ClaimSeed, "messages" | "openedHoursAgo">;
  /** The seller's own carrier took the parcel: not Mercado Envios (claims.md 6.1). */
  ownCarrier?: boolean;
  /** What the conversation of the sale is blocked by, where the claim alone would not say so. */
  blocked?: string;
  /** A stage that no document names; consumers must treat it as an open word (claims.md 12.8). */
  oddStage?: string;
}

const LINE = /^([bsm])(?:>([bsm]))?(?:\{(\w+)\})?@(\d+(?:\.\d+)?)h ([\s\S]*)$/;
const FILES = /\[(-?[^\]]+\.(?:jpg|png|pdf|heic))\]/g;
const WHO = { b: "buyer", s: "seller", m: "mediator" } as const;

/** The seed of a claim. @throws Error on a line that is none */
export function stageClaim({ opened, says, seed = {} }: ClaimScript): ClaimSeed {
  return { ...seed, openedHoursAgo: opened, messages: says.map(messageOf) };
}

/** The script of its sale: sold some days before the claim, and in the state that the reason speaks of. */
export function saleOf(claim: ClaimScript & { what: Product }): Script {
  const { who, city, what, also, ship, chat = [], more, opened } = claim;
  const isUndelivered = claim.seed?.reasonId?.startsWith("PNR") ?? false;
  return {
    who,
    what,
    says: chat,
    ...(city ? { city } : {}),
    ...(also ? { also } : {}),
    ...(more ? { more } : {}),
    // the talk about the sale ended before the claim
    last: (opened + 5) * 60,
    read: true,
    sold: opened / 24 + (isUndelivered ? 9 : 6),
    ship:
      ship === null ? null : { status: isUndelivered ? "shipped" : "delivered", substatus: null, ...ship },
  };
}

function messageOf(line: string): ClaimMessageSeed {
  const [, author, reader, reason, hours, rest = ""] = LINE.exec(line) ?? [];
  const from = sideOf(author);
  if (!from) throw new Error(`not a line of a claim: ${line}`);
  const files = [...rest.matchAll(FILES)].map((match) => match[1] ?? "");
  const [text = "", translated] = rest
    .replace(FILES, "")
    .replace(/ +(?=\|\||$)/g, "")
    .split("|| ");
  const to = sideOf(reader);
  return {
    from,
    text,
    hoursAgo: Number(hours),
    attachments: files.map(fileOf),
    ...(translated ? { translated } : {}),
    ...(to ? { to } : {}),
    ...(reason ? { moderation: { reason } } : {}),
  };
}

function sideOf(letter: string | undefined): "buyer" | "seller" | "mediator" | null {
  return letter === "b" || letter === "s" || letter === "m" ? WHO[letter] : null;
}
