// Where notifications go, how many get lost, and how the last ones fared.

const $ = (id) => document.getElementById(id);

async function call(path, body) {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`/__sandbox/notifications${path}`, init);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

const time = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

function cell(text) {
  return Object.assign(document.createElement("td"), { textContent: text });
}

function rowOf(notice) {
  const row = document.createElement("tr");
  const last = notice.sends.at(-1);
  const answer = last ? `${last.status ?? last.error} in ${Math.round(last.ms)} ms` : "";
  const tries = notice.sends.length > 1 ? `, ${notice.sends.length} sends` : "";
  row.append(
    cell(time.format(new Date(notice.at))),
    cell(notice.actions ? `${notice.topic} ${notice.actions.join()}` : notice.topic),
    cell(notice.outcome),
    cell(answer + tries),
  );
  row.title = `${notice.resource} for ${notice.userId}`;
  return row;
}

/** What a person is typing is left alone. */
function fill(input, value) {
  if (document.activeElement !== input) input.value = value;
}

async function show() {
  const { subscriptions, faults, totals, notices } = await call("?limit=8");
  const [first] = subscriptions;
  const off = first?.topics.filter((topic) => !topic.on).map((topic) => topic.topic) ?? [];
  fill($("callback"), first?.callbackUrl ?? $("callback").value);
  $("notices-on").checked = Boolean(first?.callbackUrl);
  fill($("drop"), String(Math.round(faults.drop * 100)));
  $("notice-totals").textContent =
    `${totals.delivered} delivered, ${totals.pending} waiting, ${totals.dropped} dropped, ${totals.missed} missed` +
    (off.length > 0 ? `. Switched off: ${off.join(", ")}` : "");
  $("notice-rows").replaceChildren(...notices.toReversed().map(rowOf));
  $("no-notices").hidden = notices.length > 0;
}

/** Runs an act, says what went wrong, and shows the new state. */
function act(work) {
  return async (event) => {
    event.preventDefault();
    $("notice-problem").textContent = "";
    try {
      await work();
    } catch (error) {
      $("notice-problem").textContent = error instanceof Error ? error.message : String(error);
    }
    await show();
  };
}

const register = () => call("", { callbackUrl: $("notices-on").checked ? $("callback").value.trim() : null });

$("notice-form").addEventListener(
  "submit",
  act(async () => {
    $("notices-on").checked = $("callback").value.trim() !== "";
    await register();
  }),
);
$("notices-on").addEventListener("change", act(register));
$("drop").addEventListener(
  "change",
  act(async () => call("/faults", { ...(await call("/faults")), drop: Number($("drop").value) / 100 })),
);
$("flush").addEventListener(
  "click",
  act(() => call("/flush", {})),
);
$("notices").addEventListener("toggle", (event) => {
  if (event.newState === "open") void show();
});
setInterval(() => {
  if (!document.hidden && $("notices").matches(":popover-open")) void show().catch(() => undefined);
}, 1500);
