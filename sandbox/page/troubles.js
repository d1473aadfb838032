// What may happen to a conversation without anybody writing: moderation, files that vanish, an agent, another limit.

import { REASONS } from "/page/choices.js";
import { button, element } from "/page/dom.js";

/** Under a message: moderation strikes it now or in a minute, or frees it; each of its files vanishes or comes back.
 *  `act` runs a call and shows the new state; filled when it is opened, for a talk may have hundreds. */
export function messageTroubles(message, { act, call }) {
  const more = element("details", { className: "troubles" }, element("summary", { textContent: "Change" }));
  more.addEventListener("toggle", () => {
    if (!more.open || more.children.length > 1) return;
    const reason = element("select", { ariaLabel: "Moderation reason" });
    reason.append(...REASONS.map((value) => element("option", { value, textContent: value })));
    const moderate = (body) => act(() => call(`/messages/${message.id}/moderation`, body));
    const strike = (afterMs) => (event) => moderate({ reason: reason.value, afterMs })(event);
    more.append(
      element(
        "div",
        { className: "row" },
        reason,
        button("Moderate", strike(0)),
        button("In a minute", strike(60_000)),
        button("Let it through", moderate({ reason: null })),
      ),
      element(
        "div",
        { className: "row" },
        ...message.attachments.map((file) =>
          button(
            `${file.isGone ? "Bring back" : "Lose"} ${file.originalFilename}`,
            act(() => call(`/files/${encodeURIComponent(file.filename)}`, { gone: !file.isGone })),
          ),
        ),
      ),
    );
  });
  return more;
}

/** The controls of the whole conversation; `packOf` names the one that is open. */
export function wireThreadTroubles({ act, call, packOf, isAgentOf }) {
  document.getElementById("agent").addEventListener(
    "click",
    act(() => call(`/threads/${packOf()}/agent`, { on: !isAgentOf() })),
  );
  document.getElementById("length-form").addEventListener(
    "submit",
    act(() => {
      const value = document.getElementById("length").value.trim();
      return call(`/threads/${packOf()}/length`, { max: value === "" ? null : Number(value) });
    }),
  );
}
