import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures/test";
import { InboxScreen } from "@/e2e/screens/inbox";

/** What the shop of these tests holds, in the order of the one list: what is due by its term, then what is new, then the rest. */
const DUE = [/¿Lo tienen en azul\?/, /¿Sirve para exterior\?/] as const;

test.beforeEach(async ({ page, sandbox, createSeller, signIn }) => {
  const seller = await createSeller({
    siteId: "MLA",
    threads: [
      {
        buyerName: "Bruno Sosa",
        messages: [{ from: "buyer", text: "Hola, ¿ya salió?", minutesAgo: 3 }],
      },
      {
        buyerName: "Carla Ríos",
        messages: [
          { from: "buyer", text: "¿Hacen factura?", minutesAgo: 50 },
          { from: "seller", text: "Sí, va con el paquete.", minutesAgo: 40 },
        ],
      },
      {
        buyerName: "Darío Paz",
        status: "blocked",
        substatus: "blocked_by_time",
        messages: [{ from: "buyer", text: "Gracias por todo", minutesAgo: 9_000, unread: false }],
      },
    ],
  });
  const listing = { title: "Lámpara de pie nórdica" };
  const first = await sandbox.newQuestion(seller.id, {
    listing,
    buyerName: "Ana Luz",
    text: "¿Lo tienen en azul?",
    askedMinutesAgo: 300,
  });
  await sandbox.newQuestion(seller.id, {
    itemId: first.itemId,
    buyerName: "Eva Gil",
    text: "¿Sirve para exterior?",
    askedMinutesAgo: 20,
  });
  await sandbox.newQuestion(seller.id, {
    itemId: first.itemId,
    buyerName: "Fede Mas",
    text: "¿Trae foco?",
    askedMinutesAgo: 200,
    answer: { text: "Sí, LED." },
  });
  await signIn(page, seller);
  await expect(new InboxScreen(page).rows).toHaveCount(6);
});

const show = (page: Page): Locator => page.getByRole("combobox", { name: "Mostrar" });
const tab = (page: Page, name: string): Locator =>
  page.getByRole("navigation", { name: "Canales" }).getByRole("link", { name });

test("the channel that is chosen is in sight with its count, however narrow the list", async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 812 });
  for (const [name, address] of [
    ["Todo", "/inbox"],
    ["Preguntas", "/inbox/questions"],
    ["Reclamos", "/inbox/claims"],
  ] as const) {
    await page.goto(address);
    await expect(tab(page, name)).toHaveAttribute("aria-current", "true");
    await expect(tab(page, name)).toBeInViewport({ ratio: 1 });
  }
});

test("holds messages and questions in one queue, what is due longest on top", async ({ page }) => {
  const { rows } = new InboxScreen(page);
  await expect(rows).toContainText([...DUE, "Hola, ¿ya salió?", /.*/, /.*/, /.*/]);
  await expect(rows.nth(0)).toHaveAttribute("href", /^\/inbox\/questions\/\d+$/);
  await expect(rows.nth(0)).toContainText("Esperando 5 h");
  await expect(rows.nth(1)).toContainText(/Esperando 2\d min/);
});

test("is narrowed by channel and state, and every choice holds as many as it says", async ({ page }) => {
  const { rows } = new InboxScreen(page);
  await expect(tab(page, "Preguntas")).toContainText("2");
  await expect(tab(page, "Mensajes")).toContainText("1");
  const expected = { todo: 3, new: 3, blocked: 1, troubled: 0 } as const;
  for (const [state, count] of Object.entries(expected)) {
    await expect(show(page).locator(`option[value=${state}]`)).toHaveText(new RegExp(`\\(${count}\\)$`));
    await show(page).selectOption(state);
    await expect(page).toHaveURL(new RegExp(`/inbox\\?state=${state}$`));
    await expect(rows).toHaveCount(count);
    await expect(show(page).locator(`option[value=${state}]`)).toHaveText(new RegExp(`\\(${count}\\)$`));
  }
  await expect(page.getByText("Nada en esta lista")).toBeVisible();

  await show(page).selectOption("todo");
  await tab(page, "Preguntas").click();
  await expect(page).toHaveURL(/\/inbox\/questions\?state=todo$/);
  await expect(rows).toContainText([...DUE]);
  await show(page).selectOption("");
  await expect(rows).toContainText([...DUE, "Sí, LED."]);
  await page.reload();
  await expect(rows).toContainText([...DUE, "Sí, LED."]);
});

test("a list that our server could not tell comes by itself once it can", async ({ page, watch }) => {
  watch.allow(/status of 500/);
  let isDown = true;
  await page.route(/\/api\/inbox\?.*state=new/, (route) =>
    isDown ? route.fulfill({ status: 500, body: "" }) : route.continue(),
  );
  await show(page).selectOption("new");
  await expect(page.getByText("No pudimos traer la lista")).toBeVisible();
  isDown = false;
  await expect(new InboxScreen(page).rows).toHaveCount(3);
  await expect(page.getByText("No pudimos traer la lista")).toBeHidden();
});

test("lets what was done with leave the list it stands in, and its count", async ({ page, sandbox }) => {
  const { rows } = new InboxScreen(page);
  await show(page).selectOption("todo");
  await expect(rows).toHaveCount(3);
  const question = /questions\/(\d+)/.exec((await rows.nth(0).getAttribute("href")) ?? "")?.[1] ?? "";
  await sandbox.answerElsewhere(question, "Por ahora solo en blanco.");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText("¿Sirve para exterior?");
  await expect(show(page).locator("option[value=todo]")).toHaveText(/\(2\)$/);
  await expect(tab(page, "Preguntas")).toContainText("1");
});

test("keeps what the list is narrowed to while a conversation is open", async ({ page }) => {
  const { rows } = new InboxScreen(page);
  await show(page).selectOption("todo");
  await expect(rows).toHaveCount(3);
  await rows.nth(1).click();
  await expect(page).toHaveURL(/\/inbox\/questions\/\d+\?state=todo$/);
  await expect(rows).toHaveCount(3);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/inbox\?state=todo$/);
});
