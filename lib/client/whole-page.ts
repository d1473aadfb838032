/** Runs before anything else of a page, and alone: a page that a dying server or a tunnel cut off in the middle, or one of whose
 *  scripts never came, shows itself and does nothing. Such a page is loaded again once the server is there, three times at
 *  most. Only until it has loaded: nothing is taken from under a person's hands. Plain JavaScript, because it must need nothing. */
export const WHOLE_PAGE = `(() => {
  const key = "buzon:again";
  const stalledMs = 20000;
  let isLoaded = false;
  let isBroken = false;
  let held = 0;
  let heldAt = Date.now();
  const isThere = () => fetch("/api/ready", { cache: "no-store" }).then(({ ok }) => ok, () => false);
  async function again() {
    if (isBroken) return;
    isBroken = true;
    clearInterval(watching);
    const tries = Number(sessionStorage.getItem(key));
    for (let n = 0; tries < 3 && n < 120; n += 1) {
      await new Promise((done) => setTimeout(done, 1000));
      if (!(await isThere())) continue;
      sessionStorage.setItem(key, String(tries + 1));
      return location.reload();
    }
  }
  addEventListener("error", ({ target }) => {
    if (!isLoaded && target instanceof HTMLScriptElement) again().catch(() => undefined);
  }, true);
  addEventListener("load", () => {
    isLoaded = true;
    try {
      if (!isBroken) sessionStorage.removeItem(key);
    } catch {}
  });
  const watching = setInterval(() => {
    if (document.readyState !== "loading") return clearInterval(watching);
    const now = document.getElementsByTagName("*").length;
    if (now !== held) heldAt = Date.now();
    else if (Date.now() - heldAt >= stalledMs) again().catch(() => undefined);
    held = now;
  }, 1000);
})();`;
