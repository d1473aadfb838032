// The buyers who ask on listings, and what moderation and the platform do to their questions, over the control API.

import { BAN_SUBGROUPS } from "/page/choices.js";
import { $, actor, button, call, element, shortTime } from "/page/dom.js";

const open = { id: null, chain: [], key: "", listKey: "", itemsKey: "", last: "", sellerId: null };

/** The question that the address names, or null. */
export function questionInAddress() {
  return /^#question-(\d+)$/.exec(location.hash)?.[1] ?? null;
}

const when = (iso) => shortTime.format(new Date(iso));
const chainOf = ({ itemId, buyerId }) => `${itemId}:${buyerId}`;

/** The chains of a seller's buyers, the one asked last first; each is named by its newest question. */
export async function showQuestionList(sellerId, q) {
  const { questions } = await call(`/questions?${new URLSearchParams({ sellerId, q })}`);
  await showItems(sellerId);
  const key = JSON.stringify(questions.map((one) => [one.id, one.status, one.answer?.status, one.isOnHold]));
  if (key !== open.listKey) {
    open.listKey = key;
    const newest = new Map();
    for (const one of questions) {
      const chain = newest.get(chainOf(one));
      if (chain) chain.push(one);
      else newest.set(chainOf(one), [one]);
    }
    $("questions").replaceChildren(...[...newest.values()].map(rowOf));
  }
  $("no-threads").hidden = questions.length > 0;
  const current = open.chain.map(({ id }) => `#question-${id}`);
  for (const link of $("questions").querySelectorAll("a")) {
    link.setAttribute("aria-current", String(current.includes(link.hash)));
  }
}

/** What somebody new may ask about. */
async function showItems(sellerId) {
  open.sellerId = sellerId;
  const { items } = await call(`/items?${new URLSearchParams({ sellerId })}`);
  const active = items.filter(({ status }) => status === "active");
  const key = active.map(({ id }) => id).join();
  if (key === open.itemsKey) return;
  open.itemsKey = key;
  $("ask-item").replaceChildren(
    ...active.map(({ id, title }) => element("option", { value: id, textContent: title })),
  );
}

function rowOf(chain) {
  const [last] = chain;
  const waiting = chain.filter(({ status }) => status === "UNANSWERED").length;
  const link = element(
    "a",
    { href: `#question-${last.id}` },
    element(
      "span",
      { className: "line" },
      element("b", { className: "cut", textContent: last.buyerName }),
      element("time", { textContent: when(last.createdAt), dateTime: last.createdAt }),
    ),
    element("span", { className: "cut quiet", textContent: last.itemTitle }),
    element("span", { className: "cut", textContent: last.text }),
  );
  if (waiting > 0) link.append(element("small", { textContent: `${waiting} not answered` }));
  const state = stateOf(last);
  if (state) link.append(element("span", { className: "badge", textContent: state }));
  return element("li", {}, link);
}

/** What is unusual about a question, in a word or two. */
function stateOf(question) {
  if (question.answer?.status === "BANNED") return "answer BANNED";
  if (question.status !== "UNANSWERED" && question.status !== "ANSWERED") return question.status;
  if (question.isOnHold) return "on hold";
  if (question.isSuspectedSpam) return "suspected spam";
  return question.itemStatus === "active" ? "" : `listing ${question.itemStatus}`;
}

/** The chain of the address's question, or nothing. */
export async function showQuestion() {
  open.id = questionInAddress();
  $("question").hidden = open.id === null;
  if (!open.id) {
    open.chain = [];
    return;
  }
  const { id } = open;
  const asked = await call(`/questions/${id}`);
  const { sellerId, itemId, buyerId } = asked;
  const { questions } = await call(`/questions?${new URLSearchParams({ sellerId, itemId, buyerId })}`);
  const key = JSON.stringify(questions);
  if (open.id !== id || key === open.key) return;
  open.key = key;
  open.chain = questions.toReversed();
  $("question-title").textContent = `${asked.buyerName} · ${asked.itemTitle}`;
  const blocked = asked.isBuyerBlocked ? " · the seller has blocked this buyer" : "";
  $("question-facts").textContent = `listing ${itemId}, ${asked.itemStatus} · buyer ${buyerId}${blocked}`;
  $("question-buyer").textContent = asked.buyerName;
  $("item-status").value = asked.itemStatus;
  $("question-messages").replaceChildren(...open.chain.flatMap(bubblesOf));
  if (id !== open.last) $("question-messages").scrollTop = $("question-messages").scrollHeight;
  open.last = id;
}

const act = actor("question-problem", async () => {
  open.key = "";
  await showQuestion();
});
const set = (id, bodyOf) => act(() => call(`/questions/${id}/set`, bodyOf()));

function bubblesOf(question) {
  const isHeld = question.status === "BANNED" || question.status === "DELETED";
  const asked = bubble(question, isHeld ? "held" : "mine");
  asked.append(
    element("small", {
      textContent: ["Buyer", when(question.createdAt), question.status, stateOf(question)]
        .filter((part) => part !== "")
        .join(" · "),
    }),
    element("div", { className: "troubles" }, ...troublesOf(question)),
  );
  const { answer } = question;
  if (!answer) return [asked];
  const isBanned = answer.status === "BANNED";
  // the buyer does not see what moderation took; whoever plays does
  const answered = bubble(answer, answer.status === "ACTIVE" ? "" : "held");
  answered.append(
    element("small", { textContent: `Seller · ${when(answer.createdAt)} · ${answer.status}` }),
    element(
      "div",
      { className: "troubles" },
      isBanned
        ? button(
            "Let it through",
            set(question.id, () => ({ answerStatus: "ACTIVE" })),
          )
        : button(
            "Ban the answer",
            set(question.id, () => ({ answerStatus: "BANNED", subgroup: subgroup() })),
          ),
    ),
  );
  return [asked, answered];
}

function bubble({ text, textTranslated }, className) {
  const item = element("article", { className }, text);
  if (textTranslated && textTranslated !== text) {
    item.append(element("p", { className: "translated", textContent: textTranslated }));
  }
  return item;
}

const subgroup = () => $("ban-subgroup").value;

/** What may happen to a question as it stands. */
function troublesOf({ id, status, isOnHold, isSuspectedSpam }) {
  if (status === "BANNED" || status === "UNDER_REVIEW") {
    return [
      button(
        "Let it through",
        set(id, () => ({ status: "UNANSWERED" })),
      ),
    ];
  }
  if (status !== "UNANSWERED") return [];
  return [
    button(
      "Ban",
      set(id, () => ({ status: "BANNED", subgroup: subgroup() })),
    ),
    button(
      "Review",
      set(id, () => ({ status: "UNDER_REVIEW" })),
    ),
    button(
      isOnHold ? "Release" : "Hold",
      set(id, () => ({ hold: !isOnHold })),
    ),
    button(
      isSuspectedSpam ? "Not spam" : "Spam",
      set(id, () => ({ suspectedSpam: !isSuspectedSpam })),
    ),
    button("Answer elsewhere", () => {
      $("elsewhere").dataset.id = id;
      $("elsewhere-text").focus();
    }),
  ];
}

/** The question that an answer from elsewhere goes to: the one chosen, else the oldest that waits. */
function waitingId() {
  const waiting = open.chain.filter(({ status }) => status === "UNANSWERED");
  const chosen = waiting.find(({ id }) => id === $("elsewhere").dataset.id) ?? waiting[0];
  if (!chosen) throw new Error("Nothing waits for an answer");
  return chosen.id;
}

/** The forms of a chain, and the one in the list by which somebody new asks. */
export function wireQuestions() {
  $("question-messages").tabIndex = 0;
  // on a telephone the questions need the room
  $("question-more").open = matchMedia("(min-width: 721px)").matches;
  $("ban-subgroup").append(...BAN_SUBGROUPS.map((value) => element("option", { value, textContent: value })));
  $("question-compose").addEventListener(
    "submit",
    act(async () => {
      const text = $("question-text").value.trim();
      const [first] = open.chain;
      if (!text || !first) return;
      const { sellerId, itemId, buyerId } = first;
      const { id } = await call("/questions/ask", { sellerId, itemId, buyerId, text, judged: true });
      $("question-text").value = "";
      location.hash = `#question-${id}`;
    }),
  );
  $("question-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("question-compose").requestSubmit();
  });
  $("elsewhere").addEventListener(
    "submit",
    act(async () => {
      const text = $("elsewhere-text").value.trim();
      if (!text) return;
      await call(`/questions/${waitingId()}/answer-elsewhere`, { text });
      $("elsewhere-text").value = "";
    }),
  );
  $("item-form").addEventListener(
    "submit",
    act(() => call(`/items/${open.chain[0]?.itemId}`, { status: $("item-status").value })),
  );
  $("ask-form").addEventListener(
    "submit",
    actor(
      "ask-problem",
      async () => undefined,
    )(async () => {
      const text = $("ask-text").value.trim();
      const buyerName = $("ask-name").value.trim();
      if (!text) return;
      const body = { sellerId: open.sellerId, itemId: $("ask-item").value, text, judged: true };
      const { id } = await call("/questions/ask", { ...body, ...(buyerName ? { buyerName } : {}) });
      $("ask-text").value = "";
      location.hash = `#question-${id}`;
    }),
  );
  addEventListener("hashchange", () => {
    open.key = "";
    delete $("elsewhere").dataset.id;
    $("question-problem").textContent = "";
  });
}
