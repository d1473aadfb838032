// The buyer's side of a conversation, over the control API. No framework: what is shown is what the sandbox holds.

import { FAULTS, SUBSTATUSES } from "/page/choices.js";
import { claimInAddress, showClaim, showClaimList, wireClaims } from "/page/claims.js";
import { $, actor, button, call, element, fileLinks, shortTime, toBase64 } from "/page/dom.js";
import { questionInAddress, showQuestion, showQuestionList, wireQuestions } from "/page/questions.js";
import { messageTroubles, wireThreadTroubles } from "/page/troubles.js";

const page = {
  sellerId: null,
  packId: null,
  threads: [],
  files: [],
  lastId: null,
  stateKey: "",
  isAgent: false,
};

async function loadSellers() {
  const { sellers, living } = await call("/state");
  $("living").checked = living.on;
  const known = [...$("seller").options].map((option) => option.value).join();
  if (known !== sellers.map((seller) => seller.id).join()) {
    $("seller").replaceChildren(
      ...sellers.map((seller) =>
        element("option", { value: seller.id, textContent: `${seller.nickname} (${seller.siteId})` }),
      ),
    );
  }
  if (!sellers.some((seller) => seller.id === page.sellerId)) page.sellerId = sellers[0]?.id ?? null;
  $("seller").value = page.sellerId ?? "";
}

async function loadThreads() {
  if (!page.sellerId) return;
  const query = new URLSearchParams({ sellerId: page.sellerId, q: $("search").value });
  const { threads } = await call(`/threads?${query}`);
  const key = JSON.stringify(
    threads.map(({ packId, last, unread, substatus }) => [packId, last?.createdAt, unread, substatus]),
  );
  $("no-threads").hidden = threads.length > 0;
  if (key === page.listKey) return markCurrent();
  page.listKey = key;
  $("threads").replaceChildren(...threads.map(rowOf));
  markCurrent();
}

function rowOf(thread) {
  const said = thread.last
    ? `${thread.last.author === "seller" ? "Seller: " : ""}${thread.last.text}`
    : "Nobody has written";
  const when = new Date(thread.last?.createdAt ?? thread.soldAt);
  const link = element(
    "a",
    { href: `#${thread.packId}` },
    element(
      "span",
      { className: "line" },
      element("b", { className: "cut", textContent: thread.buyerName }),
      element("time", { textContent: shortTime.format(when), dateTime: when.toISOString() }),
    ),
    element("span", { className: "cut quiet", textContent: thread.product }),
    element("span", { className: "cut", textContent: said }),
  );
  if (thread.unread > 0)
    link.append(element("small", { textContent: `${thread.unread} not read by the seller` }));
  if (thread.substatus) link.append(element("span", { className: "badge", textContent: thread.substatus }));
  return element("li", {}, link);
}

function markCurrent() {
  for (const link of $("threads").querySelectorAll("a")) {
    link.setAttribute("aria-current", String(link.hash === `#${page.packId}`));
  }
}

async function loadThread() {
  const { packId } = page;
  const isOpen = packId !== null || claimInAddress() !== null || questionInAddress() !== null;
  document.body.classList.toggle("open", isOpen);
  $("thread").hidden = packId === null;
  $("nothing").hidden = isOpen;
  if (!packId) return;
  const thread = await call(`/threads/${packId}`);
  if (page.packId !== packId) return;
  const { isAgent, sellerMaxLength } = thread;
  const key = JSON.stringify([thread.messages, thread.state.substatus, isAgent, sellerMaxLength]);
  if (key === page.stateKey) return;
  page.stateKey = key;
  page.isAgent = isAgent;
  $("agent").textContent = isAgent ? "The agent steps out" : "The agent steps in";
  $("length").value = sellerMaxLength ?? "";
  $("thread-title").textContent = `${thread.buyerName} · ${thread.product}`;
  const seller = $("seller").selectedOptions[0]?.textContent ?? "";
  $("thread-facts").textContent =
    `to ${seller} · pack ${packId}${thread.isAgent ? " · through the messaging agent" : ""}`;
  $("buyer-name").textContent = thread.buyerName;
  $("state-line").replaceChildren(
    thread.state.substatus ? `Blocked for the seller: ${thread.state.substatus} ` : "",
    ...thread.claimIds.map((id) => element("a", { href: `#claim-${id}`, textContent: `claim ${id}` })),
  );
  $("pay").hidden = thread.state.substatus !== "blocked_by_payment";
  // the buyer sees what moderation let through, and their own words; the rest is shown to whoever plays
  const seen = thread.messages.filter((message) => message.author === "buyer" || message.availableAt);
  $("messages").replaceChildren(...thread.messages.map(bubbleOf));
  const lastId = seen.at(-1)?.id ?? "";
  if (lastId !== page.lastId) {
    page.lastId = lastId;
    $("messages").scrollTop = $("messages").scrollHeight;
    if (seen.some((message) => message.author === "seller" && !message.readAt))
      await call("/buyer/read", { packId });
  }
}

function bubbleOf(message) {
  const isMine = message.author === "buyer";
  const isHeld = !isMine && !message.availableAt;
  const item = element("article", { className: isMine ? "mine" : isHeld ? "held" : "" }, message.text);
  if (message.textTranslated && message.textTranslated !== message.text) {
    item.append(element("p", { className: "translated", textContent: message.textTranslated }));
  }
  item.append(...fileLinks(message.attachments));
  const facts = [isMine ? "You" : "Seller", shortTime.format(new Date(message.createdAt))];
  if (isMine) facts.push(message.readAt ? "read" : "not read yet");
  if (isHeld) facts.push("not delivered to you");
  if (message.moderation.reason) facts.push(`moderated: ${message.moderation.reason}`);
  item.append(element("small", { textContent: facts.join(" · ") }), messageTroubles(message, { act, call }));
  return item;
}

function showFiles() {
  $("files").replaceChildren(...page.files.map((file) => element("li", { textContent: file.name })));
}

const act = actor("problem", async () => {
  page.stateKey = "";
  await refresh();
});

async function refresh() {
  const kind = $("kind").value;
  for (const one of ["threads", "claims", "questions"]) $(one).hidden = one !== kind;
  $("ask").hidden = kind !== "questions";
  if (kind === "claims" && page.sellerId) await showClaimList(page.sellerId, $("search").value);
  else if (kind === "questions" && page.sellerId) await showQuestionList(page.sellerId, $("search").value);
  else await loadThreads();
  await showClaim();
  await showQuestion();
  await loadThread();
}

function setState(status, substatus) {
  return call(`/threads/${page.packId}/state`, { status, substatus, notify: $("notify").checked });
}

function wire() {
  // a scrolling area must be reachable by keyboard
  $("messages").tabIndex = 0;
  $("substatuses").append(...SUBSTATUSES.map((value) => element("option", { value })));
  $("compose").addEventListener(
    "submit",
    act(async () => {
      const text = $("text").value.trim();
      if (!text && page.files.length === 0) return;
      const attachments = await Promise.all(page.files.map(toBase64));
      await call("/buyer/message", { packId: page.packId, text, attachments });
      $("text").value = "";
      $("file").value = "";
      page.files = [];
      showFiles();
      $("text").focus();
    }),
  );
  $("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("compose").requestSubmit();
  });
  $("file").addEventListener("change", () => {
    page.files = [...$("file").files];
    showFiles();
  });
  $("state-form").addEventListener(
    "submit",
    act(() => {
      const value = $("substatus").value.trim();
      return value && value !== "active" ? setState("blocked", value) : setState("active", null);
    }),
  );
  $("block").addEventListener(
    "click",
    act(() => setState("blocked", "blocked_by_buyer")),
  );
  $("reopen").addEventListener(
    "click",
    act(() => setState("active", null)),
  );
  $("pay").addEventListener(
    "click",
    act(() => call("/buyer/pay", { packId: page.packId })),
  );
  $("living").addEventListener("change", () => call("/living", { on: $("living").checked }));
  $("seller").addEventListener("change", () => {
    page.sellerId = $("seller").value;
    location.hash = "";
    void refresh();
  });
  for (const id of ["search", "kind"]) $(id).addEventListener("input", () => void refresh());
  $("fault-buttons").append(
    ...FAULTS.map(([label, fault]) => faultButton(label, () => call("/faults", { times: 1, ...fault }))),
    faultButton("This seller's access token dies now", () =>
      call("/tokens/expire", { sellerId: page.sellerId }),
    ),
    faultButton("This seller revokes the application", () =>
      call("/grants/revoke", { sellerId: page.sellerId }),
    ),
    faultButton("Forget all faults that wait", () => call("/faults/clear", {})),
  );
  wireThreadTroubles({ act, call, packOf: () => page.packId, isAgentOf: () => page.isAgent });
  wireClaims({ packOf: () => page.packId });
  wireQuestions();
  addEventListener("hashchange", open);
}

function faultButton(label, work) {
  return button(label, async () => {
    await work();
    $("fault-note").textContent = `Done: ${label.toLowerCase()}.`;
  });
}

function open() {
  page.packId = /^#\d+$/.test(location.hash) ? location.hash.slice(1) : null;
  if (claimInAddress()) $("kind").value = "claims";
  if (questionInAddress()) $("kind").value = "questions";
  page.stateKey = "";
  page.lastId = null;
  page.files = [];
  showFiles();
  $("substatus").value = "";
  $("problem").textContent = "";
  void refresh().catch(() => {
    location.hash = "";
  });
}

wire();
await loadSellers();
open();
setInterval(() => {
  if (!document.hidden) void refresh().catch(() => undefined);
}, 1500);
setInterval(() => void loadSellers().catch(() => undefined), 5000);
