import type { Reply, Sent } from "@/lib/server/mercadolibre/testing/edge";
import type { Truth } from "./any-conversation";
import { Dice } from "./dice";
import { spellMessage, spellState, wireText } from "./spell";
import { refusesBuyer, type Spoken, spokenOf } from "./truth";

/** A Mercado Libre that knows one conversation: answers reads page by page and takes the replies that it would take.
 *  Whatever it is asked beyond that is noted as `strange`. `spoken`: what there is of it by now. */
export function mercadoLibreOf(truth: Truth, spoken: readonly Spoken[] = spokenOf(truth)) {
  const sent: Record<string, unknown>[] = [];
  const strange: string[] = [];
  let pages = 0;

  function read(url: URL): Reply {
    // Written in the seller's own app after the first page was read: everything moves down by one.
    const isShifted = truth.shifts && pages > 0 && truth.order !== "from_the_oldest" && spoken.length > 0;
    const newcomer = isShifted ? [laterBy(truth, spoken)] : [];
    pages += 1;
    const held = [...spoken, ...newcomer];
    const list = truth.order === "from_the_oldest" ? held : held.toReversed();
    const offset = Number(url.searchParams.get("offset"));
    const limit = Math.min(truth.pageSize, Number(url.searchParams.get("limit")));
    const page = list.slice(offset, offset + limit);
    if (truth.order === "oldest_first_in_page") page.reverse();
    const counted = truth.total === "counts_hidden" ? held.length + 1 : held.length;
    const total = truth.total === "text" ? String(counted) : counted;
    return {
      body: wireText({
        paging: truth.total === "absent" ? null : { limit, offset, total },
        conversation_status: spellState(truth),
        messages: page.map((one) => spellMessage(truth, one, one.isSellers ? truth.buyerId : truth.sellerId)),
        ...(truth.length === undefined ? {} : { seller_max_message_length: truth.length }),
        buyer_max_message_length: 3500,
      }),
    };
  }

  function take(one: Sent): Reply {
    const body: unknown = JSON.parse(one.text);
    if (typeof body !== "object" || body === null) throw new Error("a reply without a body");
    const reply = { ...body };
    sent.push(reply);
    const { to } = Object.fromEntries(Object.entries(reply));
    const isBuyers = JSON.stringify(to) === JSON.stringify({ user_id: truth.buyerId });
    if (isBuyers && refusesBuyer(truth)) {
      const words = `to_user_id ${truth.buyerId} does not belong to pack /packs/${truth.packId}/sellers/${truth.sellerId}`;
      return { status: 400, body: { status_code: 400, code: "bad_request", message: words } };
    }
    return { status: new Dice(truth.spelling).pick(200, 201), body: { id: "new" } };
  }

  const root = truth.profile === "LOCAL" ? "/messages" : "/marketplace/messages";
  const short = `${root}/packs/${truth.packId}`;
  const long = `${short}/sellers/${truth.sellerId}`;
  const readsLong = truth.profile === "LOCAL" || truth.spelling % 2 === 0;

  function answer(one: Sent): Reply {
    const { pathname, searchParams } = one.url;
    if (one.method === "POST" && pathname === (truth.profile === "LOCAL" ? long : short)) return take(one);
    if (one.method === "GET" && (pathname === long || pathname === short)) {
      if (searchParams.get("mark_as_read") !== "false") strange.push(`marks read: ${one.url}`);
      return pathname === (readsLong ? long : short) ? read(one.url) : { status: 404 };
    }
    strange.push(`${one.method} ${one.url}`);
    return { status: 404 };
  }

  return { answer, spoken, sent, strange };
}

function laterBy(truth: Truth, spoken: readonly Spoken[]): Spoken {
  const last = spoken.at(-1);
  const turn = { isSellers: true, times: 1, gap: 60, isHidden: false, spelling: truth.spelling };
  const at = new Date((last?.at.getTime() ?? 0) + 60_000);
  return { id: "f".repeat(32), by: truth.sellerId, isSellers: true, at, text: "después", turn };
}
