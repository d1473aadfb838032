import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { PATIENT_MS } from "@/e2e/fixtures/claim-shop";
import { CARS, heldOf, KINDS, sumOf, test } from "@/e2e/fixtures/classified-shop";
import type { CountedContacts } from "@/e2e/fixtures/sandbox";
import { expect } from "@/e2e/fixtures/test";
import { ConsentScreen } from "@/e2e/screens/consent";
import { LeadsScreen } from "@/e2e/screens/leads";
import { QuestionScreen } from "@/e2e/screens/question";
import { SettingsScreen } from "@/e2e/screens/settings";
import { readCsv } from "@/lib/shared/contacts/testing/read-csv";

const [YARIS, RIO, SWIFT] = CARS.map(({ title }) => title);
const FIGURES = { questions: "Preguntas", phone_views: "Ver teléfono", whatsapp: "WhatsApp" } as const;

test.beforeEach(() => test.setTimeout(PATIENT_MS));

const written = (count: number) => new Intl.NumberFormat("es").format(count);

/** The three figures, and the counts of every listing, as the sandbox has them. */
async function expectAgreement(screen: LeadsScreen, held: readonly CountedContacts[]): Promise<void> {
  for (const kind of KINDS) {
    await expect(screen.figure(FIGURES[kind])).toContainText(
      new RegExp(`^${FIGURES[kind]}\\s*${written(sumOf(held, kind))}(\\D|$)`),
    );
  }
  for (const one of held) {
    const total = one.questions + one.phone_views + one.whatsapp;
    const counts = [one.questions, one.phone_views, one.whatsapp, total].map(written);
    await expect(async () => {
      expect((await screen.cells(screen.row(one.title))).slice(2, 6)).toEqual(counts);
    }).toPass();
  }
}

test("finds which car got the most phone clicks, and the file holds what the screen shows", async ({
  page,
  sandbox,
  openDealer,
}) => {
  const { seller } = await openDealer();
  const screen = new LeadsScreen(page);
  await page.getByRole("link", { name: "Contactos" }).click();
  await expect(page).toHaveURL(/\/leads$/);
  await expectAgreement(screen, await heldOf(sandbox, seller.id, "7d"));
  await expect(screen.figure("Ver teléfono")).toContainText(`La que más: ${RIO}`);
  await screen.sortBy("Ver teléfono").click();
  await expect(screen.rows.first()).toContainText(RIO ?? "");
  await expect(page).toHaveURL(/sort=phone_views/);
  await expect(
    screen.ranking.getByRole("columnheader", { name: "Ver teléfono", exact: true }),
  ).toHaveAttribute("aria-sort", "descending");

  const file = await screen.save(screen.rankingCsv);
  expect(file.name).toMatch(/^publicaciones-TIENDA-.*\.csv$/);
  const [head, ...rows] = readCsv(file.text);
  expect(head?.slice(5, 9)).toEqual(["Preguntas", "Ver teléfono", "WhatsApp", "Total"]);
  const shown: string[][] = [];
  for (const row of await screen.rows.all()) {
    const [, , ...counts] = await screen.cells(row);
    shown.push([(await row.locator("p[title]").getAttribute("title")) ?? "", ...counts.slice(0, 4)]);
  }
  expect(rows.map((row) => [row[0], ...row.slice(5, 9)])).toEqual(
    shown.map(([title, ...counts]) => [title, ...counts.map((count) => count.replace(/\D/g, ""))]),
  );
  await screen.find.fill("suzuki");
  await expect(screen.rows).toHaveCount(1);
  await expect(page).toHaveURL(/find=suzuki/);
  expect(readCsv((await screen.save(screen.rankingCsv)).text)).toHaveLength(2);
});

test("shows the same numbers as chart, table and file, by day and by hour, and in another period", async ({
  page,
  sandbox,
  openDealer,
}) => {
  const { seller } = await openDealer();
  const screen = new LeadsScreen(page);
  await screen.open();
  const held = await heldOf(sandbox, seller.id, "7d");
  await expectAgreement(screen, held);
  await expect(screen.pictures).toHaveCount(3);
  await expect(screen.pictures.nth(1)).toHaveAccessibleName(
    new RegExp(`^Ver teléfono: ${written(sumOf(held, "phone_views"))} en .*Lo más alto`),
  );
  await screen.walk.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(screen.walk).toHaveAttribute(
    "aria-valuetext",
    /: Preguntas: \d+, Ver teléfono: \d+, WhatsApp: \d+$/,
  );

  for (const cut of ["Por día", "Por hora"] as const) {
    await screen.view(cut).click();
    await screen.view("Tabla").click();
    await expect(screen.seriesTable.getByRole("columnheader").first()).toHaveText(
      cut === "Por día" ? "Día" : "Hora",
    );
    const table = (await screen.seriesTable.locator("tbody tr").all()).map(async (row) => [
      (await row.locator("time").getAttribute("datetime")) ?? "",
      ...(await row.getByRole("cell").allInnerTexts()),
    ]);
    const [head, ...rows] = readCsv((await screen.save(screen.seriesCsv)).text);
    expect(head).toEqual([cut === "Por día" ? "Día" : "Hora", ...Object.values(FIGURES)]);
    expect(rows).toEqual(await Promise.all(table));
    for (const [index, kind] of KINDS.entries()) {
      expect(rows.reduce((sum, row) => sum + Number(row[index + 1]), 0)).toBe(sumOf(held, kind));
    }
  }

  await screen.period("Últimos 30 días").click();
  await expect(page).toHaveURL(/period=30d/);
  await expectAgreement(screen, await heldOf(sandbox, seller.id, "30d"));
  await page.getByRole("button", { name: "Elegir fechas" }).click();
  await page.getByRole("button", { name: "Semana pasada" }).click();
  await expect(page).toHaveURL(/from=\d{4}-\d{2}-\d{2}&to=/);
  await expect(screen.seriesTable.locator("tbody tr")).toHaveCount(7 * 24);
  await page.goBack();
  await expect(page).toHaveURL(/period=30d/);
});

test("compares listings that are ticked, and forgets them", async ({ page, openDealer }) => {
  await openDealer();
  const screen = new LeadsScreen(page);
  await screen.open();
  for (const title of [YARIS, SWIFT]) await screen.pick(title ?? "").check();
  await expect(page).toHaveURL(/items=MLC\d+,MLC\d+/);
  await expect(screen.chart).toHaveAccessibleName("Publicaciones comparadas: Ver teléfono");
  await expect(screen.pictures).toHaveCount(2);
  await expect(screen.pictures.first()).toHaveAccessibleName(new RegExp(`^${YARIS}: \\d`));
  await screen.chart.getByRole("link", { name: "WhatsApp" }).click();
  await expect(screen.chart).toHaveAccessibleName("Publicaciones comparadas: WhatsApp");
  await screen.view("Tabla").click();
  await expect(screen.seriesTable.getByRole("columnheader")).toHaveText(["Día", YARIS ?? "", SWIFT ?? ""]);
  await screen.chart.getByRole("button", { name: `Quitar ${SWIFT} de la comparación` }).click();
  await expect(screen.pick(SWIFT ?? "")).not.toBeChecked();
  await screen.chart.getByRole("button", { name: "Dejar de comparar" }).click();
  await expect(screen.chart).toHaveAccessibleName("Por día");
  await expect(screen.pick(YARIS ?? "")).not.toBeChecked();
});

test("opens the question of a lead, which is answered there, and says so", async ({
  page,
  sandbox,
  openDealer,
}) => {
  const { cars } = await openDealer();
  const lead = await sandbox.newLead({
    itemId: cars[0]?.id ?? "",
    type: "question",
    text: "¿Acepta permuta?",
    buyer: { name: "Ana Prueba", email: "ana@example.test", phone: "+56 9 1234 5678" },
  });
  const screen = new LeadsScreen(page);
  await screen.open("?tab=leads");
  const person = screen.person("Ana Prueba");
  await expect(person).toContainText("Espera tu respuesta");
  await expect(person).toContainText(YARIS ?? "");
  await expect(person.getByRole("link", { name: /^Llamar a Ana Prueba/ })).toHaveAttribute(
    "href",
    "tel:+56912345678",
  );
  await expect(person.getByRole("link", { name: /^Escribir a Ana Prueba/ })).toHaveAttribute(
    "href",
    "mailto:ana%40example.test",
  );
  await person.getByRole("link", { name: "Responder la pregunta de Ana Prueba" }).click();
  const question = new QuestionScreen(page);
  await expect(page).toHaveURL(new RegExp(`/inbox/questions/${lead.externalId}`));
  await expect(question.field).toBeFocused();
  await question.field.fill("Sí, tasamos el tuyo.");
  await question.send.click();
  await expect(question.mine("tasamos")).toContainText("Publicada");
  await page.goBack();
  await expect(screen.person("Ana Prueba")).toContainText("Respondida");
  await expect(screen.person("Ana Prueba").getByRole("link", { name: /^Ver pregunta/ })).toBeVisible();
});

test("tells people from guests, counts each type, and shows a new one by itself", async ({
  page,
  sandbox,
  openDealer,
}) => {
  const { cars } = await openDealer();
  const [yaris, rio] = cars.map(({ id }) => id);
  await sandbox.newLead({ itemId: yaris ?? "", type: "whatsapp", buyer: null });
  await sandbox.newLead({ itemId: yaris ?? "", type: "call", buyer: { name: "Pedro Pérez" } });
  await sandbox.newLead({
    itemId: rio ?? "",
    type: "reservation",
    buyer: { name: "Marta Soto" },
    details: { color: "Rojo", zipCode: "7550000", dealership: "Vitacura" },
  });
  const screen = new LeadsScreen(page);
  await screen.open("?tab=leads");
  await expect(screen.people).toHaveCount(3);
  await expect(screen.types).toHaveText([/^Todos 3$/, / 1$/, / 1$/, / 1$/]);
  await screen.guests.selectOption({ label: "Solo sin cuenta" });
  await expect(screen.people).toHaveCount(1);
  await expect(screen.people).toContainText("Persona sin cuenta");
  await expect(screen.type("Todos")).toHaveText("Todos 1");
  await screen.guests.selectOption({ label: "Solo con cuenta" });
  await expect(screen.people).toHaveCount(2);
  await screen.type("Reserva").click();
  await expect(screen.people).toHaveCount(1);
  await expect(page).toHaveURL(/type=reservation/);
  await screen.people.getByRole("link", { name: "Ver detalles de Marta Soto, Reserva" }).click();
  await expect(screen.dialog).toContainText("Vitacura");
  await page.keyboard.press("Escape");
  await expect(screen.dialog).toBeHidden();

  await screen.open(`?tab=leads&item=${yaris}`);
  await expect(screen.people).toHaveCount(2);
  // Nobody presses anything: the stream tells.
  await sandbox.newLead({ itemId: yaris ?? "", type: "visit_request", buyer: { name: "Rosa Díaz" } });
  await expect(screen.person("Rosa Díaz")).toBeVisible({ timeout: 40_000 });
  await expect(screen.type("Todos")).toHaveText("Todos 3");
});

test("says what would be here to who has no classified listings", async ({ page, openShop }) => {
  await openShop();
  const screen = new LeadsScreen(page);
  await screen.open();
  await expect(
    page.getByRole("heading", { name: "Aquí van los contactos de tus clasificados" }),
  ).toBeVisible();
  await screen.open("?tab=leads");
  await expect(
    page.getByRole("heading", { name: "Aquí van los interesados en tus clasificados" }),
  ).toBeVisible();
});

test("leads on from an account without classified listings to the one that has some", async ({
  page,
  sandbox,
  createSeller,
  openDealer,
}) => {
  const { seller, cars } = await openDealer();
  await sandbox.newLead({ itemId: cars[0]?.id ?? "", type: "whatsapp", buyer: { name: "Pedro Pérez" } });
  const other = await createSeller();
  const settings = new SettingsScreen(page);
  await settings.open();
  await settings.connect.click();
  await new ConsentScreen(page).allow(other.nickname);
  await expect(settings.account(other.nickname)).toContainText("Conectada");
  const screen = new LeadsScreen(page);
  await screen.open("?tab=leads");
  await screen.account(other.nickname).click();
  await expect(page.getByText("Esta cuenta no tiene ninguna.")).toBeVisible();
  await screen.account("Todas las cuentas").click();
  await expect(screen.person("Pedro Pérez")).toBeVisible();
  await screen.open(`?account=${other.id}`);
  await expect(page.getByText("Esta cuenta no tiene ninguna.")).toBeVisible();
  await screen.account(seller.nickname).click();
  await expect(screen.row(CARS[0].title)).toBeVisible();
});

async function expectOpenToAll(page: Page, what: string): Promise<void> {
  // No page has frames: the mode that needs no further page checks the same.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  expect.soft(told, what).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(width, `${what}, sideways`).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`shuts nobody out of contacts and leads, in ${colorScheme}, at any size`, async ({
    page,
    sandbox,
    openDealer,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { cars } = await openDealer();
    const [yaris, rio] = cars.map(({ id }) => id);
    await sandbox.newLead({ itemId: yaris ?? "", type: "question", text: "¿Sigue disponible?" });
    await sandbox.newLead({ itemId: yaris ?? "", type: "whatsapp", buyer: null });
    const screen = new LeadsScreen(page);
    const places = [
      { search: "", ready: screen.pictures.first() },
      { search: `?items=${yaris},${rio}`, ready: screen.pictures.nth(1) },
      { search: "?view=table&by=hour", ready: screen.seriesTable },
      { search: "?tab=leads", ready: screen.people.first() },
    ];
    for (const { search, ready } of places) {
      await screen.open(search);
      for (const width of [320, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        await expect(ready).toBeVisible();
        await expectOpenToAll(page, `${search} at ${width} px`);
      }
    }
    await screen.people
      .getByRole("link", { name: /^Ver detalles de / })
      .first()
      .click();
    await expect(screen.dialog.getByRole("term").first()).toBeVisible();
    await expectOpenToAll(page, "a lead's details");
  });
}

test("keeps every figure of a listing apart and inside its card, at any width", async ({
  page,
  openDealer,
}) => {
  await openDealer();
  const screen = new LeadsScreen(page);
  await screen.open();
  await expect(screen.rows).toHaveCount(CARS.length);
  for (const width of [375, 640, 768, 1024, 1280, 1440]) {
    await page.setViewportSize({ width, height: 812 });
    const outside = await screen.ranking.evaluate((card) => {
      const edge = card.getBoundingClientRect().right;
      const isOutside = (cell: HTMLElement) =>
        cell.scrollWidth > cell.clientWidth + 1 || cell.getBoundingClientRect().right > edge;
      return [...card.querySelectorAll("td")].filter(isOutside).map((cell) => cell.textContent);
    });
    expect.soft(outside, `${width} px`).toEqual([]);
  }
});

// The last one: what slows the application down here slows its other tests down too.
test("says when Mercado Libre asks to slow down, keeps what is there, and goes on by itself", async ({
  page,
  sandbox,
  openDealer,
}) => {
  const { seller } = await openDealer();
  const screen = new LeadsScreen(page);
  await screen.open();
  await expectAgreement(screen, await heldOf(sandbox, seller.id, "7d"));
  await sandbox.fault({
    path: `/users/${seller.id}/contacts/`,
    status: 429,
    // Longer than a person is kept waiting for: the first one is told, and each slows down what comes after it.
    times: 2,
    headers: { "retry-after": "12" },
    body: { code: "too_many_requests", message: "quota exceeded" },
  });
  await screen.period("Últimos 30 días").click();
  await expect(page.getByText("Mercado Libre pide ir más despacio con estos datos.")).toBeVisible();
  await expect(screen.row(RIO ?? "")).toBeVisible();
  await expect(page.getByText("Mercado Libre pide ir más despacio con estos datos.")).toBeHidden({
    timeout: 60_000,
  });
  await expectAgreement(screen, await heldOf(sandbox, seller.id, "30d"));
});
