// The other sides of a claim: its buyer and the mediator, over the control API.

import { CLAIM_REASONS, RETURN_STATUSES } from "/page/choices.js";
import { $, actor, button, call, element, fileLinks, shortTime, toBase64 } from "/page/dom.js";

const open = { id: null, key: "", listKey: "", last: "", files: [] };

/** The claim that the address names, or null. */
export function claimInAddress() {
  return /^#claim-(\d+)$/.exec(location.hash)?.[1] ?? null;
}

const reasonWords = (id) => CLAIM_REASONS.find(([known]) => known === id)?.[1] ?? id;
const when = (iso) => shortTime.format(new Date(iso));

/** The list of a seller's claims, the last one that moved first. */
export async function showClaimList(sellerId, q) {
  const { claims } = await call(`/claims?${new URLSearchParams({ sellerId, q })}`);
  const key = JSON.stringify(claims.map(({ id, updatedAt, replyDueAt }) => [id, updatedAt, replyDueAt]));
  if (key !== open.listKey) {
    open.listKey = key;
    $("claims").replaceChildren(...claims.map(rowOf));
  }
  $("no-threads").hidden = claims.length > 0;
  for (const link of $("claims").querySelectorAll("a")) {
    link.setAttribute("aria-current", String(link.hash === `#claim-${open.id}`));
  }
}

function rowOf(claim) {
  return element(
    "li",
    {},
    element(
      "a",
      { href: `#claim-${claim.id}` },
      element(
        "span",
        { className: "line" },
        element("b", { className: "cut", textContent: claim.buyerName }),
        element("time", { textContent: when(claim.updatedAt), dateTime: claim.updatedAt }),
      ),
      element("span", { className: "cut quiet", textContent: claim.product }),
      element("span", { className: "cut", textContent: reasonWords(claim.reasonId) }),
      element("span", { className: "badge", textContent: badgeOf(claim) }),
    ),
  );
}

function badgeOf({ type, stage, status, replyDueAt, resolution }) {
  if (status === "closed") return `${type}, closed${resolution ? `: ${resolution}` : ""}`;
  return `${type}, ${stage}${replyDueAt ? `, answer due ${when(replyDueAt)}` : ""}`;
}

/** The claim of the address, or nothing. */
export async function showClaim() {
  open.id = claimInAddress();
  $("claim").hidden = open.id === null;
  if (!open.id) return;
  const { id } = open;
  const claim = await call(`/claims/${id}`);
  const key = JSON.stringify(claim);
  if (open.id !== id || key === open.key) return;
  open.key = key;
  $("claim-title").textContent = `${claim.buyerName} · ${claim.product}`;
  $("claim-facts").replaceChildren(
    `${reasonWords(claim.reasonId)} · ${claim.type}, ${claim.stage}, ${claim.status} · claim ${id} · `,
    element("a", { href: `#${claim.packId}`, textContent: "conversation of the sale" }),
  );
  $("claim-line").textContent = stateOf(claim);
  $("claim-messages").replaceChildren(...claim.messages.map(bubbleOf));
  // claims.md 7: the mediator acts in a mediation only
  const isMediated = claim.stage === "dispute" || claim.stage === "recontact";
  $("claim-as").options[1].disabled = !isMediated;
  if (!isMediated) $("claim-as").value = "buyer";
  const last = JSON.stringify([id, claim.messages.length]);
  if (last !== open.last) $("claim-messages").scrollTop = $("claim-messages").scrollHeight;
  open.last = last;
  const isOpen = claim.status === "opened";
  $("claim-compose").hidden = !isOpen;
  $("claim-acts").replaceChildren(...actsOf(claim));
  $("return-form").hidden = !isOpen && !claim.returnCase;
  $("return-now").textContent = claim.returnCase
    ? `The return is ${claim.returnCase.status}`
    : "No return yet";
}

/** What is pending, in a line. */
function stateOf(claim) {
  if (claim.status === "closed") {
    return `Closed${claim.resolution ? `: ${claim.resolution.reason}, by the ${claim.resolution.closedBy}` : ""}`;
  }
  const offer = offerOf(claim);
  return [
    claim.replyDueAt ? `The seller must answer by ${when(claim.replyDueAt)}` : "",
    claim.decisionDueAt ? `The mediator decides by ${when(claim.decisionDueAt)}` : "",
    offer ? `The seller offers ${percentageOf(offer)} % back` : "",
    replacementOf(claim) ? "The seller offers the same item again" : "",
  ]
    .filter((line) => line !== "")
    .join(" · ");
}

const pending = (claim, wish) =>
  claim.resolutions.find((one) => one.wish === wish && one.role === "respondent" && one.status === "pending");
const offerOf = (claim) => pending(claim, "partial_refund");
const replacementOf = (claim) => pending(claim, "change_product");
const percentageOf = (offer) => offer.details.find(({ key }) => key === "percentage")?.value ?? "?";

const act = actor("claim-problem", async () => {
  open.key = "";
  await showClaim();
});
const play = (path, body = {}) => act(() => call(`/claims/${open.id}/${path}`, body));

/** What the other sides may do to the claim as it stands. */
function actsOf(claim) {
  const offer = offerOf(claim);
  const isOpen = claim.status === "opened";
  const isMediated = claim.stage === "dispute";
  const MINUTES_5 = 300_000;
  return [
    ...(offer
      ? [
          button(`Accept the ${percentageOf(offer)} %`, play("buyer/offer", { accept: true })),
          button(`Refuse the ${percentageOf(offer)} %`, play("buyer/offer", { accept: false })),
        ]
      : []),
    ...(replacementOf(claim)
      ? [
          button("Accept the replacement", play("buyer/replacement", { accept: true })),
          button("Refuse the replacement", play("buyer/replacement", { accept: false })),
        ]
      : []),
    ...(isOpen && !isMediated
      ? [
          button("Buyer asks for a mediation", play("buyer/dispute")),
          button("Mercado Libre steps in", play("mediator/dispute")),
          button("Answer due in 5 minutes", play("deadline", { inMs: MINUTES_5, notify: true })),
        ]
      : []),
    ...(isOpen && isMediated
      ? [
          button("Decide for the buyer", play("mediator/decide", { for: "complainant", applied: true })),
          button("Decide for the seller", play("mediator/decide", { for: "respondent" })),
        ]
      : []),
    ...(isOpen ? [button("Buyer closes it as solved", play("buyer/close"))] : []),
  ];
}

const WHO = { buyer: "Buyer", seller: "Seller", mediator: "Mediator" };

function bubbleOf(message) {
  const isHeld = message.status !== "available";
  const side = message.author === "buyer" ? "mine" : message.author === "mediator" ? "middle" : "";
  const item = element("article", { className: isHeld ? "held" : side }, message.text);
  if (message.translated && message.translated !== message.text) {
    item.append(element("p", { className: "translated", textContent: message.translated }));
  }
  item.append(...fileLinks(message.attachments));
  const facts = [WHO[message.author], when(message.createdAt)];
  if (message.to === "mediator") facts.push("to the mediator");
  if (isHeld) facts.push(`${message.status}: ${message.moderation.reason}`);
  item.append(element("small", { textContent: facts.join(" · ") }));
  if (message.author === "seller") {
    const reason = isHeld ? null : "OUT_OF_PLACE_LANGUAGE";
    const label = isHeld ? "Let it through" : "Moderate";
    const judge = button(label, play("moderation", { index: message.index, reason }));
    item.append(element("div", { className: "troubles" }, judge));
  }
  return item;
}

function showFiles() {
  $("claim-files").replaceChildren(...open.files.map((file) => element("li", { textContent: file.name })));
}

/** The forms of a claim, and the one under a conversation that opens a claim on its sale. */
export function wireClaims({ packOf }) {
  $("claim-messages").tabIndex = 0;
  // on a telephone the messages need the room
  $("claim-more").open = matchMedia("(min-width: 721px)").matches;
  $("claim-reason").append(
    ...CLAIM_REASONS.map(([value, textContent]) => element("option", { value, textContent })),
  );
  $("return-status").append(
    ...RETURN_STATUSES.map((value) => element("option", { value, textContent: value })),
  );
  $("claim-compose").addEventListener(
    "submit",
    act(async () => {
      const text = $("claim-text").value.trim();
      if (!text && open.files.length === 0) return;
      const attachments = await Promise.all(open.files.map(toBase64));
      await call(`/claims/${open.id}/${$("claim-as").value}/message`, { text, attachments });
      $("claim-text").value = "";
      $("claim-file").value = "";
      open.files = [];
      showFiles();
      $("claim-text").focus();
    }),
  );
  $("claim-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("claim-compose").requestSubmit();
  });
  $("claim-file").addEventListener("change", () => {
    open.files = [...$("claim-file").files];
    showFiles();
  });
  $("return-form").addEventListener(
    "submit",
    act(() => call(`/claims/${open.id}/return`, { status: $("return-status").value })),
  );
  $("claim-form").addEventListener(
    "submit",
    actor(
      "problem",
      async () => undefined,
    )(async () => {
      const text = $("claim-first").value.trim();
      const messages = text ? [{ from: "buyer", text, hoursAgo: 0 }] : [];
      const claim = { reasonId: $("claim-reason").value, openedHoursAgo: 0, messages };
      const { id } = await call("/claims", { packId: packOf(), claim });
      $("claim-first").value = "";
      $("kind").value = "claims";
      location.hash = `#claim-${id}`;
    }),
  );
  addEventListener("hashchange", () => {
    open.key = "";
    open.files = [];
    showFiles();
    $("claim-problem").textContent = "";
  });
}
