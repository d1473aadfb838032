import { AxeBuilder } from "@axe-core/playwright";
import { PATIENT_MS, PROFILES, type Profile } from "@/e2e/fixtures/claim-shop";
import type { HeldQuestion, QuestionSeed, Seller, SellerSeed } from "@/e2e/fixtures/sandbox";
import { test as base, expect } from "@/e2e/fixtures/test";
import { InboxScreen } from "@/e2e/screens/inbox";
import { QuestionScreen } from "@/e2e/screens/question";

const BUYER = "Marina Gómez";
const ASKED = "¿Hacen envíos a Córdoba?";
const LISTING = { title: "Zapatilla running talle 42", price: 48_990, stock: 7 };

const SHOPS: Readonly<Record<Profile, Partial<SellerSeed>>> = {
  LOCAL: { siteId: "MLA" },
  GLOBAL: { siteId: "CBT", marketplaces: ["MLM"] },
};

interface Fixtures {
  /** A new seller with one listing, signed in, who looks at what one buyer asked about it, oldest first. */
  openChain: (
    profile: Profile,
    seeds: readonly QuestionSeed[],
  ) => Promise<{ seller: Seller; chain: HeldQuestion[]; first: HeldQuestion }>;
}

const test = base.extend<Fixtures>({
  openChain: async ({ page, sandbox, createSeller, signIn }, use) => {
    await use(async (profile, seeds) => {
      const seller = await createSeller(SHOPS[profile]);
      const chain: HeldQuestion[] = [];
      for (const seed of seeds) {
        const [known] = chain;
        const where = known ? { itemId: known.itemId, buyerId: known.buyerId } : { listing: LISTING };
        chain.push(await sandbox.newQuestion(seller.id, { buyerName: BUYER, ...where, ...seed }));
      }
      const [first] = chain;
      if (first === undefined) throw new Error("a chain has a question");
      await signIn(page, seller);
      await new QuestionScreen(page).open(first.id);
      return { seller, chain, first };
    });
  },
});

test.beforeEach(() => test.setTimeout(PATIENT_MS));

for (const profile of PROFILES) {
  test.describe(`${profile} questions`, () => {
    test("are answered beside their listing, and the answer is told as published once it is there", async ({
      page,
      sandbox,
      openChain,
    }) => {
      const screen = new QuestionScreen(page);
      const { first } = await openChain(profile, [{ text: ASKED, askedMinutesAgo: 190 }]);
      await expect(screen.title).toHaveText(LISTING.title);
      await expect(screen.header).toContainText("espera hace 3 h");
      await expect(screen.listing).toContainText(/48[.,]990/);
      await expect(screen.listing).toContainText("7 unidades");
      await expect(screen.listing).toContainText("Activa");
      await expect(screen.message(ASKED)).toContainText("Sin responder");
      await expect(page.locator('input[type="file"]')).toBeDisabled();
      await screen.field.fill("x".repeat(2_001));
      await expect(screen.composer).toContainText("2001 / 2000");
      await expect(screen.send).toBeDisabled();
      // No document has a character set of answers: nothing is warned of.
      await screen.field.fill("Sí, por correo — “llega” en 3 días");
      await screen.send.click();
      const mine = screen.mine("por correo");
      await expect(mine).toContainText("Publicada");
      await expect(mine).toHaveCount(1);
      await expect(screen.message(ASKED)).toContainText("Respondida");
      await expect(screen.shut).toHaveAttribute("data-closed", "answered");
      await expect(screen.shut).toContainText("Esta pregunta ya está respondida");
      await expect(screen.composer).toHaveCount(0);
      const held = await sandbox.question(first.id);
      expect(held.answer?.text).toBe("Sí, por correo — “llega” en 3 días");
    });

    test("are deleted after one question that says what happens, and the focus comes back", async ({
      page,
      sandbox,
      openChain,
    }) => {
      const screen = new QuestionScreen(page);
      const { first } = await openChain(profile, [{ text: ASKED, askedMinutesAgo: 30 }]);
      await screen.pick("Eliminar la pregunta");
      await expect(screen.dialog).toContainText("No se puede deshacer");
      await expect(screen.dialog).toContainText(ASKED);
      await screen.confirm("No hacer nada").click();
      await expect(screen.menuButton).toBeFocused();
      expect((await sandbox.question(first.id)).status).toBe("UNANSWERED");
      await screen.pick("Eliminar la pregunta");
      await screen.confirm(/^Eliminar la pregunta de /).click();
      await expect(screen.dialog).toHaveCount(0);
      await expect(screen.menuButton).toBeFocused();
      await expect(screen.message(ASKED)).toContainText("Eliminada");
      await expect(screen.shut).toContainText("Esta pregunta se eliminó");
      expect((await sandbox.question(first.id)).status).toBe("DELETED");
    });
  });
}

test("a chain of several says which question is answered, keeps a draft for each, and leads to the next", async ({
  page,
  sandbox,
  openChain,
}) => {
  const screen = new QuestionScreen(page);
  const { chain } = await openChain("LOCAL", [
    { text: "¿Es original?", askedMinutesAgo: 300, answer: { text: "Sí, con factura", minutesAgo: 290 } },
    { text: "¿Hay talle 43?", askedMinutesAgo: 120 },
    { text: "¿Y en azul?", askedMinutesAgo: 60 },
  ]);
  const [, second, third] = chain;
  // Answered: the way on leads to the oldest that waits.
  await screen.onward.click();
  await expect(page).toHaveURL(new RegExp(`/inbox/questions/${second?.id}`));
  await expect(screen.field).toBeFocused();
  await expect(screen.message("¿Hay talle 43?")).toContainText("Respondes esta pregunta");
  await expect(screen.composer).toContainText("Respondes a “¿Hay talle 43?”");
  await screen.field.fill("Del 43 hay dos");

  await screen.open(third?.id ?? "");
  await expect(screen.message("¿Y en azul?")).toContainText("Respondes esta pregunta");
  await expect(screen.field).toHaveValue("");
  await screen.field.fill("En azul no");
  await page.reload();
  await expect(screen.field).toHaveValue("En azul no");
  await screen.open(second?.id ?? "");
  await expect(screen.field).toHaveValue("Del 43 hay dos");

  await screen.send.click();
  await expect(screen.mine("Del 43 hay dos")).toContainText("Responde a “¿Hay talle 43?”");
  await expect(screen.onward).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/inbox/questions/${third?.id}`));
  await expect(screen.field).toBeFocused();
  await expect(screen.field).toHaveValue("En azul no");
  await screen.send.click();
  await expect(screen.mine("En azul no")).toContainText("Publicada");
  await expect(screen.mine("Del 43 hay dos")).toContainText("Publicada");
  const answers = await Promise.all(chain.map(async ({ id }) => (await sandbox.question(id)).answer?.text));
  expect(answers).toEqual(["Sí, con factura", "Del 43 hay dos", "En azul no"]);
});

test("what is typed in a second tab is kept when the first one answers", async ({
  page,
  context,
  sandbox,
  openChain,
}) => {
  const screen = new QuestionScreen(page);
  const { first } = await openChain("LOCAL", [{ text: ASKED, askedMinutesAgo: 30 }]);
  const otherPage = await context.newPage();
  const other = new QuestionScreen(otherPage);
  await other.open(first.id);
  await screen.field.fill("Sí, por correo");
  const saved = otherPage.waitForResponse((response) => response.url().includes("/draft"));
  await other.field.fill("Sí, a todo el país, con seguro y factura");
  await saved;
  await screen.send.click();
  await expect(other.shut).toContainText("Guardamos lo que escribiste");
  const kept = otherPage.getByRole("textbox", { name: "Texto guardado" });
  await expect(kept).toHaveValue("Sí, a todo el país, con seguro y factura");
  await expect(other.mine("Sí, por correo")).toContainText("Publicada");
  await expect(kept).toHaveValue("Sí, a todo el país, con seguro y factura");
  await expect(async () => {
    await otherPage.reload();
    await expect(kept).toHaveValue("Sí, a todo el país, con seguro y factura");
  }).toPass();
  expect((await sandbox.question(first.id)).answer?.text).toBe("Sí, por correo");
});

test("a paused listing closes the composer, keeps the text, and is never touched", async ({
  page,
  sandbox,
  openChain,
}) => {
  const screen = new QuestionScreen(page);
  const { seller, first } = await openChain("LOCAL", [{ text: ASKED, askedMinutesAgo: 30 }]);
  await screen.field.fill("Sí, por correo");
  await sandbox.changeItem(first.itemId, { status: "paused", subStatus: ["out_of_stock"], stock: 0 });
  await expect(screen.shut).toHaveAttribute("data-substatus", "paused");
  await expect(screen.shut).toContainText("La publicación está pausada");
  await expect(screen.shut).toContainText("Guardamos lo que escribiste");
  await expect(page.getByRole("textbox", { name: "Texto guardado" })).toHaveValue("Sí, por correo");
  await expect(screen.listing).toContainText("Pausada");
  await sandbox.changeItem(first.itemId, { status: "active", subStatus: [], stock: 3 });
  await expect(screen.field).toHaveValue("Sí, por correo");
  await screen.send.click();
  await expect(screen.mine("Sí, por correo")).toContainText("Publicada");
  const writes = await sandbox.calls({ sellerId: seller.id, method: "PUT", path: "/items" });
  expect(writes).toEqual([]);
});

test("a question that Mercado Libre holds or reviews says so, and opens by itself", async ({
  page,
  sandbox,
  openChain,
}) => {
  const screen = new QuestionScreen(page);
  const { first } = await openChain("LOCAL", [{ text: ASKED, askedMinutesAgo: 30, hold: true }]);
  await expect(screen.shut).toHaveAttribute("data-substatus", "hold");
  await expect(screen.message(ASKED)).toContainText("Retenida por Mercado Libre");
  await sandbox.setQuestion(first.id, { hold: false, suspectedSpam: true });
  await expect(screen.field).toBeEditable();
  await expect(screen.message(ASKED)).toContainText("posible spam");
  await sandbox.setQuestion(first.id, { status: "UNDER_REVIEW" });
  await expect(screen.shut).toHaveAttribute("data-substatus", "UNDER_REVIEW");
});

test("what Mercado Libre removes keeps its place, says so, and why when asked", async ({
  page,
  sandbox,
  openChain,
}) => {
  const screen = new QuestionScreen(page);
  const { first } = await openChain("LOCAL", [{ text: ASKED, askedMinutesAgo: 30 }]);
  await screen.field.fill("Sí, por correo");
  await screen.send.click();
  await expect(screen.mine("Sí, por correo")).toContainText("Publicada");
  await sandbox.setQuestion(first.id, { answerStatus: "BANNED", subgroup: "LINKS" });
  const mine = screen.mine("Mercado Libre quitó esta respuesta");
  await expect(mine).toHaveCount(1);
  await expect(screen.shut).toContainText("Mercado Libre quitó tu respuesta");
  await expect(page.getByRole("button", { name: "Editar y enviar otra vez" })).toHaveCount(0);
  await mine.getByRole("button", { name: "¿Por qué?" }).click();
  const reasons = mine.getByRole("list", { name: "Por qué lo quitó Mercado Libre" });
  await expect(reasons).toContainText("LINKS");
  await expect(reasons).not.toContainText("<");
});

test("a banned question is shown as one although it has no text", async ({ page, openChain }) => {
  const screen = new QuestionScreen(page);
  await openChain("LOCAL", [{ text: "¿Me pasás tu teléfono?", askedMinutesAgo: 30, status: "BANNED" }]);
  await expect(screen.messages).toHaveCount(1);
  await expect(screen.messages.first()).toContainText("Mercado Libre no muestra el texto de esta pregunta");
  await expect(screen.shut).toContainText("Mercado Libre quitó esta pregunta");
});

test("a buyer is blocked and unblocked, here and in the settings", async ({ page, sandbox, openChain }) => {
  const screen = new QuestionScreen(page);
  const { first } = await openChain("LOCAL", [{ text: ASKED, askedMinutesAgo: 30 }]);
  await screen.pick(/^Bloquear a /);
  await expect(screen.dialog).toContainText("no va a poder preguntar");
  await screen.confirm(/^Bloquear a /).click();
  await expect(screen.buyer).toContainText("Bloqueado");
  expect((await sandbox.question(first.id)).isBuyerBlocked).toBe(true);
  await page.goto("/settings");
  const card = page.getByRole("region", { name: "Compradores bloqueados" });
  await card.getByRole("button", { name: /^Desbloquear a / }).click();
  await expect(card).toContainText("Ninguno.");
  await expect(card).toContainText("puede preguntar otra vez");
  expect((await sandbox.question(first.id)).isBuyerBlocked).toBe(false);
});

test("a question is hidden after one question, stays in sight and says so", async ({
  page,
  sandbox,
  openChain,
}) => {
  const screen = new QuestionScreen(page);
  const { first } = await openChain("LOCAL", [{ text: ASKED, askedMinutesAgo: 30 }]);
  await screen.pick("Ocultar la pregunta");
  await screen.confirm(/^Ocultar la pregunta de /).click();
  await expect(screen.message(ASKED)).toContainText("oculta");
  await expect(screen.menuButton).toBeFocused();
  expect((await sandbox.question(first.id)).isHidden).toBe(true);
  await screen.menuButton.click();
  await expect(page.getByRole("menuitem", { name: "Ocultar la pregunta" })).toHaveCount(0);
});

test("contact data of a classified listing stands beside the question", async ({ page, openChain }) => {
  const screen = new QuestionScreen(page);
  await openChain("LOCAL", [
    {
      text: "¿Acepta permuta?",
      askedMinutesAgo: 12,
      listing: { title: "Gol Trend 2012", price: 9_500_000, buyingMode: "classified" },
      contact: { email: "ana@example.test", phone: { areaCode: "11", number: "55550000" } },
    },
  ]);
  await expect(screen.listing).toContainText("Clasificado");
  await expect(screen.buyer).toContainText("ana@example.test");
  await expect(screen.buyer).toContainText("55550000");
  await expect(screen.buyer.getByRole("button", { name: "Copiar Correo" })).toBeVisible();
});

test("Global Selling shows the translation under what was asked", async ({ page, openChain }) => {
  const screen = new QuestionScreen(page);
  await openChain("GLOBAL", [{ text: "¿Trae cargador?", translated: "Does it come with a charger?" }]);
  await expect(screen.message("¿Trae cargador?")).toContainText("Does it come with a charger?");
});

test("links and contact data are warned of before they are published", async ({ page, openChain }) => {
  const screen = new QuestionScreen(page);
  await openChain("LOCAL", [{ text: ASKED, askedMinutesAgo: 30 }]);
  await screen.field.fill("Mirá en mitienda.com.ar o llamame al 11 4872-3391");
  await expect(screen.composer).toContainText("Mercado Libre suele quitar las respuestas con enlaces");
  await expect(screen.composer).toContainText("por tener datos personales");
});

test.describe("with the time that a seller has who chose nothing", () => {
  test.use({ undoSeconds: 5 });

  test("an answer that came from elsewhere meanwhile stays the one, and ours can be taken along", async ({
    page,
    sandbox,
    openChain,
  }) => {
    const screen = new QuestionScreen(page);
    const { first } = await openChain("LOCAL", [{ text: ASKED, askedMinutesAgo: 30 }]);
    await screen.field.fill("Sí, por correo");
    await screen.send.click();
    await expect(screen.mine("Sí, por correo")).toContainText("Se envía en");
    await sandbox.answerElsewhere(first.id, "Enviamos a todo el país");
    await expect(screen.message("Enviamos a todo el país")).toContainText("Publicada");
    const ours = screen.mine("Sí, por correo");
    await expect(ours).toContainText("la pregunta ya tenía otra respuesta");
    await expect(ours.getByRole("button", { name: "Copiar el texto" })).toBeVisible();
    await expect(ours.getByRole("button", { name: /Editar|Reintentar/ })).toHaveCount(0);
    await ours.getByRole("button", { name: "Descartar" }).click();
    await expect(ours).toHaveCount(0);
    expect((await sandbox.question(first.id)).answer?.text).toBe("Enviamos a todo el país");
  });

  test("what was sent with the keys for the next one is taken back from there, with its text", async ({
    page,
    sandbox,
    createSeller,
    signIn,
  }) => {
    const screen = new QuestionScreen(page);
    const seller = await createSeller();
    const first = await sandbox.newQuestion(seller.id, {
      listing: LISTING,
      text: ASKED,
      askedMinutesAgo: 90,
    });
    const second = await sandbox.newQuestion(seller.id, {
      itemId: first.itemId,
      text: "¿Hay en negro?",
      askedMinutesAgo: 60,
    });
    await signIn(page, seller);
    await page.goto("/inbox/questions");
    await expect(new InboxScreen(page).rows).toHaveCount(2);
    // Before the page is alive nobody hears a key.
    await page.locator('[data-connection="live"]').waitFor();
    await page.keyboard.press("Enter");
    await expect(screen.field).toBeFocused();
    await page.keyboard.type("Demasiado pronto");
    await page.keyboard.press("Control+Shift+Enter");
    await expect(page).toHaveURL(new RegExp(`/inbox/questions/${second.id}`));
    await expect(screen.justSent).toContainText(/Se envía en [1-5] s/);
    await expect(screen.field).toBeFocused();
    await page.keyboard.press("Control+z");
    await expect(page).toHaveURL(new RegExp(`/inbox/questions/${first.id}`));
    await expect(screen.field).toHaveValue("Demasiado pronto");
    await expect(screen.field).toBeFocused();
    await page.keyboard.press("Control+Enter");
    await expect(screen.mine("Demasiado pronto")).toContainText("Publicada");
    expect((await sandbox.question(first.id)).answer?.text).toBe("Demasiado pronto");
    expect((await sandbox.question(second.id)).answer).toBeNull();
  });
});

test("ten questions are answered in one go without the mouse", async ({
  page,
  sandbox,
  createSeller,
  signIn,
}) => {
  const screen = new QuestionScreen(page);
  const inbox = new InboxScreen(page);
  const seller = await createSeller();
  const listing = await sandbox.createItem(seller.id, LISTING);
  const asked: HeldQuestion[] = [];
  for (let number = 1; number <= 10; number += 1) {
    const text = `¿Pregunta número ${number}?`;
    const minutes = { askedMinutesAgo: 100 - number };
    asked.push(await sandbox.newQuestion(seller.id, { itemId: listing.id, text, ...minutes }));
  }
  await signIn(page, seller);
  await page.goto("/inbox/questions");
  await expect(inbox.rows).toHaveCount(10);
  // Beside the words themselves: one key to begin, one press for each.
  let presses = 0;
  const press = async (keys: string) => {
    presses += 1;
    await page.keyboard.press(keys);
  };
  // Before the page is alive nobody hears a key.
  await page.locator('[data-connection="live"]').waitFor();
  await press("Enter");
  for (const [index, question] of asked.entries()) {
    await expect(page).toHaveURL(new RegExp(`/inbox/questions/${question.id}`));
    await expect(screen.message(question.text)).toBeVisible();
    await expect(screen.field).toBeFocused();
    await page.keyboard.type(`Respuesta ${index + 1}`);
    await press("Control+Shift+Enter");
  }
  await expect(screen.shut).toBeVisible();
  expect(presses).toBe(11);
  await expect(async () => {
    const answers = await Promise.all(asked.map(async ({ id }) => (await sandbox.question(id)).answer?.text));
    expect(answers).toEqual(asked.map((_question, index) => `Respuesta ${index + 1}`));
  }).toPass();
  await expect(screen.onward).toHaveCount(0);
});

test("the keys for the next one stand in the help and on the button", async ({
  page,
  openChain,
  sandbox,
}) => {
  const screen = new QuestionScreen(page);
  const { seller, first } = await openChain("LOCAL", [{ text: ASKED, askedMinutesAgo: 30 }]);
  await sandbox.newQuestion(seller.id, { itemId: first.itemId, text: "¿Hay en negro?" });
  const tip = screen.composer.locator("[data-tip]", { hasText: "Enviar" });
  await expect(tip).toHaveAttribute("data-tip", "Enviar y abrir la siguiente: Ctrl ⇧ ↵");
  await screen.log.focus();
  await page.keyboard.press("?");
  await expect(new InboxScreen(page).help).toContainText("Enviar y abrir la siguiente sin responder");
});

test("have no barrier that axe finds, at any width, and never widen the page", async ({
  page,
  openChain,
}) => {
  const screen = new QuestionScreen(page);
  await openChain("LOCAL", [
    { text: `¿Es original? ${"a".repeat(120)}`, askedMinutesAgo: 90 },
    { text: "¿Y en azul?", askedMinutesAgo: 60 },
    { text: "¿Me pasás tu teléfono?", askedMinutesAgo: 50, status: "BANNED" },
  ]);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [320, 375, 768, 1440, 2560]) {
      await page.setViewportSize({ width, height: 812 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(wide, `${width} px`).toBeLessThanOrEqual(0);
      if (width === 375 || width === 1440) await expectNoViolations(`${colorScheme} ${width}`);
    }
    await screen.pick(/^Bloquear a /);
    await expectNoViolations(`${colorScheme} dialog`);
    await page.keyboard.press("Escape");
    await expect(screen.dialog).toHaveCount(0);
  }

  async function expectNoViolations(what: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    expect.soft(told, what).toEqual([]);
  }
});

test("on a phone a question is answered, and its listing is one press away", async ({
  page,
  sandbox,
  openChain,
}) => {
  const screen = new QuestionScreen(page);
  await page.setViewportSize({ width: 375, height: 812 });
  const { first } = await openChain("LOCAL", [{ text: ASKED, askedMinutesAgo: 30 }]);
  await page.getByRole("button", { name: "Ver la publicación" }).click();
  await expect(screen.listing).toContainText("7 unidades");
  await page.getByRole("button", { name: "Volver a la pregunta" }).click();
  await screen.field.fill("Sí, por correo");
  await screen.send.click();
  await expect(screen.mine("Sí, por correo")).toContainText("Publicada");
  expect((await sandbox.question(first.id)).answer?.text).toBe("Sí, por correo");
});
