// What the scripts of the page share: elements, calls to the control API, and what runs on a click.

export const $ = (id) => document.getElementById(id);

/** One call of the control API. @throws Error with the sandbox's own words */
export async function call(path, body) {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`/__sandbox${path}`, init);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

export function element(name, props = {}, ...children) {
  const made = Object.assign(document.createElement(name), props);
  made.append(...children);
  return made;
}

export function button(label, work) {
  const made = element("button", { type: "button", textContent: label });
  made.addEventListener("click", work);
  return made;
}

export const shortTime = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** A file of the person's own, as the control API takes it. */
export async function toBase64(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return {
    name: file.name,
    type: file.type || "application/octet-stream",
    base64: url.slice(url.indexOf(",") + 1),
  };
}

/** The files of a message: pictures are shown, the rest is named. */
export function fileLinks(files) {
  return files.map((file) => {
    const isShown = file.type === "image/jpeg" || file.type === "image/png";
    const picture = isShown ? [element("img", { src: file.url, alt: "" })] : [];
    const link = { href: file.url, target: "_blank", rel: "noopener" };
    return element("div", {}, element("a", link, ...picture, file.originalFilename));
  });
}

/** Makes `act`: it runs a piece of work, says in `problemId` what went wrong, and then shows the new state. */
export function actor(problemId, show) {
  return (work) => async (event) => {
    event?.preventDefault();
    $(problemId).textContent = "";
    try {
      await work();
      await show();
    } catch (error) {
      $(problemId).textContent = error instanceof Error ? error.message : String(error);
    }
  };
}
