import { expect, test } from "@/e2e/fixtures/test";
import { within } from "@/e2e/fixtures/within";
import { ConsentScreen } from "@/e2e/screens/consent";
import { SettingsScreen } from "@/e2e/screens/settings";
import { SignInScreen } from "@/e2e/screens/sign-in";

const SESSION = "buzon.session";
const NOT_FOUND = /the server responded with a status of 404/;

test("signs a seller in with two clicks", async ({ page, createSeller }) => {
  const seller = await createSeller();
  await page.goto("/");
  await page
    .getByRole("button", { name: /Mercado Libre/ })
    .first()
    .click();
  await page.getByRole("radio", { name: seller.nickname }).check();
  await page.getByRole("button", { name: "Autorizar" }).click();
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(page.getByRole("heading", { name: "Bandeja", level: 1 })).toBeVisible();
  await page.goto("/");
  await expect(page).toHaveURL(/\/inbox$/);
});

test("asks for consent with PKCE, a state, our exact address and no scope", async ({ page, baseURL }) => {
  await new SignInScreen(page).start();
  const asked = new URL(page.url()).searchParams;
  expect(Object.fromEntries(asked)).toEqual({
    client_id: expect.stringMatching(/^\d+$/),
    response_type: "code",
    redirect_uri: `${baseURL}/api/auth/callback/mercadolibre`,
    state: expect.stringMatching(/^[\w-]{32,}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: "S256",
  });
});

test("starts at the country that was picked", async ({ page }) => {
  const signIn = new SignInScreen(page);
  await signIn.open();
  await expect(signIn.country).toHaveValue("MLA");
  await signIn.country.selectOption({ label: "Brasil" });
  const asked = page.waitForRequest((request) => request.url().includes("/api/auth/signin/mercadolibre"));
  await signIn.button.click();
  expect(new URL((await asked).url()).searchParams.get("site")).toBe("MLB");
  await expect(new ConsentScreen(page).allowButton).toBeVisible();
});

test("says what happened when the seller does not give permission, and lets them try again", async ({
  page,
  createSeller,
  signIn,
}) => {
  const seller = await createSeller();
  const screen = new SignInScreen(page);
  await screen.start();
  await new ConsentScreen(page).denyButton.click();
  await expect(page).toHaveURL(/\/\?problem=denied$/);
  await expect(screen.problem).toContainText("No diste el permiso");
  await signIn(page, seller);
});

test("explains that a collaborator cannot give permission", async ({ page, createSeller, sandbox }) => {
  const operator = await createSeller({ isOperator: true });
  await sandbox.change({ operatorRedirects: true });
  const screen = new SignInScreen(page);
  await screen.start();
  await new ConsentScreen(page).allow(operator.nickname);
  await expect(page).toHaveURL(/\/\?problem=operator$/);
  await expect(screen.problem).toContainText("colaborador");
});

test.describe("a callback that is not the one expected", () => {
  test("is refused when it is played again, and the session it opened lives on", async ({
    page,
    createSeller,
  }) => {
    const seller = await createSeller();
    await new SignInScreen(page).start();
    const callback = page.waitForRequest((request) => request.url().includes("/api/auth/callback/"));
    await new ConsentScreen(page).allow(seller.nickname);
    const address = (await callback).url();
    await expect(page).toHaveURL(/\/inbox$/);
    await page.goto(address);
    await expect(page).toHaveURL(/\?problem=state$/);
    await page.goto("/inbox");
    await expect(page).toHaveURL(/\/inbox$/);
  });

  test("is refused in a browser that did not ask for it", async ({ page, newPage, createSeller }) => {
    const seller = await createSeller();
    const stranger = await newPage();
    await new SignInScreen(page).start();
    await stranger.goto(await new ConsentScreen(page).allowAndHold(seller.nickname));
    await expect(stranger).toHaveURL(/\/\?problem=state$/);
    await expect(new SignInScreen(stranger).problem).toContainText("ya no vale");
  });

  test("is refused when its state was changed", async ({ page, createSeller }) => {
    const seller = await createSeller();
    const screen = new SignInScreen(page);
    await screen.start();
    const callback = new URL(await new ConsentScreen(page).allowAndHold(seller.nickname));
    callback.searchParams.set("state", "changed");
    await page.goto(callback.href);
    await expect(page).toHaveURL(/\/\?problem=state$/);
    await expect(screen.problem).toContainText("ya no vale");
  });

  test("says that the permission ran out when Mercado Libre no longer takes its code", async ({
    page,
    createSeller,
    sandbox,
  }) => {
    const seller = await createSeller();
    const screen = new SignInScreen(page);
    await screen.start();
    const callback = await new ConsentScreen(page).allowAndHold(seller.nickname);
    await sandbox.spendCode(new URL(callback).searchParams.get("code") ?? "");
    await page.goto(callback);
    await expect(page).toHaveURL(/\/\?problem=expired_code$/);
    await expect(screen.problem).toContainText("venció");
  });
});

test("returns to nobody but itself after signing in, whatever address is asked for", async ({
  page,
  createSeller,
  baseURL,
}) => {
  const seller = await createSeller();
  let target = "";
  await page.route("**/api/auth/signin/mercadolibre?**", (route) => {
    const body = new URLSearchParams(route.request().postData() ?? "");
    body.set("callbackUrl", target);
    return route.continue({ postData: body.toString() });
  });
  for (target of ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]) {
    await page.goto("about:blank");
    await page.context().clearCookies();
    await page.goto(`/?callbackUrl=${encodeURIComponent(target)}`);
    await new SignInScreen(page).button.click();
    await new ConsentScreen(page).allow(seller.nickname);
    await page.waitForURL((url) => url.pathname === "/inbox");
    expect(new URL(page.url()).origin, target).toBe(baseURL);
  }
});

test("keeps the session in a cookie that scripts and other sites cannot use, with nothing of Mercado Libre in it", async ({
  page,
  openShop,
}) => {
  const seller = await openShop();
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name === SESSION);
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  // What was needed on the way in is gone.
  expect(cookies.map(({ name }) => name)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/state|pkce|intent/)]),
  );
  for (const { name, value, httpOnly } of cookies) {
    expect(httpOnly, name).toBe(true);
    const plain = value
      .split(".")
      .map((part) => Buffer.from(part, "base64url").toString("latin1"))
      .join("\n");
    for (const text of [value, plain]) {
      expect(text, name).not.toContain(seller.id);
      expect(text, name).not.toContain(seller.nickname);
      expect(text, name).not.toMatch(/APP_USR|TG-/);
    }
  }
});

test("signs out: the pages are closed and the cookie is worth nothing", async ({
  page,
  openShop,
  newPage,
}) => {
  await openShop();
  const kept = (await page.context().cookies()).filter(({ name }) => name === SESSION);
  const settings = new SettingsScreen(page);
  await settings.open();
  await settings.signOut.click();
  await expect(page).toHaveURL(/:\d+\/$/);
  await page.goto("/inbox");
  await expect(page).toHaveURL(/:\d+\/$/);
  const thief = await newPage();
  await thief.context().addCookies(kept);
  await thief.goto("/inbox");
  await expect(thief).toHaveURL(/:\d+\/$/);
  expect((await thief.request.get("/api/me")).status()).toBe(401);
});

test("signing out everywhere ends the session of the other browser", async ({
  page,
  newPage,
  openShop,
  signIn,
  watch,
}) => {
  watch.allow(/the server responded with a status of 401/);
  const seller = await openShop();
  const other = await newPage();
  await signIn(other, seller);
  const settings = new SettingsScreen(page);
  await settings.open();
  await settings.signOutEverywhere.click();
  await expect(page).toHaveURL(/:\d+\/$/);
  // The other one finds out by itself.
  await expect(other).toHaveURL(/:\d+\/$/, within(15_000));
  await expect(new SignInScreen(other).button).toBeVisible();
});

test("answers 307 to the sign-in page on every page of who is signed out", async ({ request }) => {
  for (const path of [
    "/inbox",
    "/inbox/messages",
    "/inbox/claims",
    "/inbox/questions",
    "/inbox/messages/2000000000000001",
    "/leads",
    "/status",
    "/settings",
    "/nowhere",
  ]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(307);
    expect(new URL(answer.headers().location ?? "", answer.url()).pathname, path).toBe("/");
  }
  for (const path of ["/api/me", "/api/inbox", "/api/summary", "/api/status"]) {
    expect((await request.get(path)).status(), path).toBe(401);
  }
});

test("answers 404 for a conversation that is unknown or somebody else's", async ({
  page,
  openShop,
  createSeller,
  watch,
}) => {
  watch.allow(NOT_FOUND);
  await openShop();
  const other = await createSeller({ threads: [{ messages: [{ from: "buyer", text: "Es privado" }] }] });
  const foreign = other.threads[0]?.packId ?? "";
  for (const path of [
    "/inbox/messages/2000000000000001",
    `/inbox/messages/${foreign}`,
    `/inbox/messages/${foreign}?account=${other.id}`,
    "/inbox/messages/abc",
    "/inbox/nowhere",
    "/nowhere",
  ]) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(404);
    expect(await answer.text(), path).not.toContain("Es privado");
  }
  await page.goto(`/inbox/messages/${foreign}`);
  await expect(page.getByRole("main")).toContainText("Aquí no hay nada");
});
