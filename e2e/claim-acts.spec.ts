import type { Page } from "@playwright/test";
import { BUYER, PATIENT_MS, PROFILES, SETTLES, test } from "@/e2e/fixtures/claim-shop";
import { png } from "@/e2e/fixtures/pictures";
import type { SandboxControl, Seller } from "@/e2e/fixtures/sandbox";
import { expect } from "@/e2e/fixtures/test";
import { ClaimScreen } from "@/e2e/screens/claim";

const photo = (name: string) => ({ name, mimeType: "image/png", buffer: png(40, 30) });
const BROKEN = { messages: [{ from: "buyer" as const, text: "No enciende", hoursAgo: 1 }] };
const ANSWERED = {
  openedHoursAgo: 30,
  messages: [
    { from: "buyer" as const, text: "No enciende", hoursAgo: 29 },
    { from: "seller" as const, text: "¿Probaste cargarlo?", hoursAgo: 20 },
  ],
};
const RETURNED = {
  openedHoursAgo: 90,
  messages: [{ from: "buyer" as const, text: "No era lo que pedí", hoursAgo: 89 }],
  return: { status: "delivered", hoursAgo: 60, deliveredHoursAgo: 5 },
};

test.beforeEach(() => test.setTimeout(PATIENT_MS));

/** What reached Mercado Libre of an act on this claim, by the end of its path. */
async function posts(sandbox: SandboxControl, seller: Seller, path: string): Promise<unknown[]> {
  const calls = await sandbox.calls({ sellerId: seller.id, method: "POST", path });
  return calls.map(({ body }) => body);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");

for (const profile of PROFILES) {
  test.describe(`${profile} claims`, () => {
    test("are offered 30 % back: chosen, read, ticked, confirmed by the amount and the name", async ({
      page,
      sandbox,
      openClaim,
    }) => {
      const screen = new ClaimScreen(page);
      const { seller, claim } = await openClaim(profile, BROKEN);
      await screen.ask("Ofrecer una parte del dinero");
      await expect(screen.dialog).toContainText("No se puede deshacer");
      await screen.dialog.getByRole("radio", { name: /^30 %/ }).check();
      const confirm = screen.confirm(/^Ofrecer .*14[.,]697.* a Ana Pérez$/);
      await expect(confirm).toBeDisabled();
      await screen.tick.check();
      expect(await posts(sandbox, seller, "/partial-refund")).toEqual([]);
      await confirm.click();
      await expect(screen.dialog).toHaveCount(0);
      await expect(screen.log).toContainText(
        /Oferta de .*14[.,]697.* \(30 %\) a Ana Pérez · Lo confirmó/,
        SETTLES,
      );
      await expect(screen.panel).toContainText("Qué ofreciste");
      expect(await posts(sandbox, seller, "/partial-refund")).toEqual([{ percentage: 30 }]);
      const held = (await sandbox.claim(claim.id)).resolutions.filter(({ role }) => role === "respondent");
      expect(held.map(({ wish, status }) => [wish, status])).toEqual([["partial_refund", "pending"]]);
    });

    test("are refunded once, and the claim is shown closed", async ({ page, sandbox, openClaim }) => {
      const screen = new ClaimScreen(page);
      const { seller } = await openClaim(profile, BROKEN);
      await screen.ask("Devolver el dinero");
      await expect(screen.dialog).toContainText("se queda con el producto. El reclamo se cierra.");
      await screen.tick.check();
      await screen.confirm(/^Devolver .*48[.,]990.* a Ana Pérez$/).click();
      await expect(screen.log).toContainText(
        /Devolución de .*48[.,]990.* a Ana Pérez · Lo confirmó/,
        SETTLES,
      );
      await expect(screen.shut).toContainText("El reclamo está cerrado: Se devolvió el dinero");
      expect(await posts(sandbox, seller, "/expected-resolutions/refund")).toHaveLength(1);
    });

    test("are taken to mediation, and then written on to the mediator", async ({
      page,
      sandbox,
      openClaim,
    }) => {
      const screen = new ClaimScreen(page);
      const { claim } = await openClaim(profile, ANSWERED);
      await screen.ask("Pedir una mediación");
      await expect(screen.dialog).toContainText("solo puedes escribirle al mediador, no al comprador");
      await screen.confirm("Pedir la mediación").click();
      await expect(screen.log).toContainText("Empezó la mediación, pedida por ti", SETTLES);
      await expect(screen.composer).toContainText("Lo leerá el mediador, no el comprador.");
      await screen.field.fill("Necesito ayuda con este caso");
      await screen.send.click();
      // Global Selling translates first.
      await expect(screen.mine("Necesito ayuda")).toContainText(/Entregado|En moderación/, SETTLES);
      const held = await sandbox.claim(claim.id);
      expect(held.stage).toBe("dispute");
      expect(held.messages.filter(({ author }) => author === "seller").at(-1)).toMatchObject({
        to: "mediator",
        text: "Necesito ayuda con este caso",
      });
    });

    test("whose return came back damaged are reviewed as failed, with two photos", async ({
      page,
      sandbox,
      openClaim,
    }) => {
      const screen = new ClaimScreen(page);
      const { claim } = await openClaim(profile, RETURNED);
      await screen.ask("La devolución llegó con problemas");
      const confirm = screen.confirm("Informar los problemas");
      await screen.dialog.getByRole("checkbox", { name: "Llegó dañado" }).check();
      await expect(screen.dialog).toContainText("Este motivo necesita fotos.");
      const words = screen.dialog.getByRole("textbox", { name: /Cuenta qué pasó: Llegó dañado/ });
      await words.fill("La carcasa vino partida");
      await words.press("Enter");
      await expect(confirm).toBeDisabled();
      const picker = screen.dialog.getByLabel(/Agregar fotos/);
      await picker.setInputFiles([
        photo("frente.png"),
        photo("dorso.png"),
        { name: "nota.txt", mimeType: "text/plain", buffer: Buffer.from("hola") },
      ]);
      const files = screen.dialog.getByRole("listitem");
      await expect(files.filter({ hasText: "nota.txt" })).toContainText("Mercado Libre no acepta este tipo");
      await expect(confirm).toBeDisabled();
      await files.filter({ hasText: "nota.txt" }).getByRole("button", { name: "Quitar nota.txt" }).click();
      await expect(confirm).toBeEnabled();
      await confirm.click();
      await expect(screen.log).toContainText(
        "Revisión: la devolución llegó con problemas · Lo confirmó",
        SETTLES,
      );
      const review = (await sandbox.claim(claim.id)).returnCase?.review;
      expect(review?.isOk).toBe(false);
      expect(review?.failures).toMatchObject([{ reason: "SRF2", message: "La carcasa vino partida" }]);
      expect(review?.failures[0]?.attachments).toHaveLength(2);
    });

    test("are done nothing to by a slip: no key, no lost press, no closed question confirms", async ({
      page,
      sandbox,
      openClaim,
    }) => {
      const screen = new ClaimScreen(page);
      const { seller } = await openClaim(profile, ANSWERED);
      for (const name of ["Devolver el dinero", "Ofrecer una parte del dinero", "Pedir una mediación"]) {
        await screen.ask(name);
        // The focus starts on the question itself.
        expect(await focused(page)).toMatch(/^¿/);
        await page.keyboard.press("Enter");
        await page.keyboard.press("Space");
        await page.keyboard.press("Control+Enter");
        await page.keyboard.press("Escape");
        await expect(screen.dialog).toHaveCount(0);
        expect(await focused(page)).toBe(name);
      }
      await screen.ask("Devolver el dinero");
      await screen.confirm(/^Devolver /).click({ force: true });
      await expect(screen.dialog).toContainText("Marca la casilla para poder confirmar.");
      await screen.dialog.getByRole("button", { name: "No hacer nada" }).click();
      for (const path of ["/expected-resolutions", "/actions/open-dispute"]) {
        expect(await posts(sandbox, seller, path)).toEqual([]);
      }
    });

    test("whose action has gone meanwhile say so, before and after it is confirmed", async ({
      page,
      sandbox,
      watch,
      openClaim,
    }) => {
      // What the server has heard of before the screen did is refused at our own door.
      watch.allow(/status of 422/);
      const screen = new ClaimScreen(page);
      const { seller, claim } = await openClaim(profile, BROKEN);
      await screen.ask("Devolver el dinero");
      await screen.tick.check();
      await sandbox.changeClaimActions(claim.id, { without: ["refund"] });
      // Whichever is faster: the news reaches the question, or the look before it leaves finds out.
      const gone = screen.dialog.getByRole("alert").filter({ hasText: "ya no ofrece esta acción" });
      const confirm = screen.confirm(/^Devolver /);
      await expect(gone.or(confirm).first()).toBeVisible();
      if (!(await gone.isVisible())) await confirm.click({ timeout: 2_000 }).catch(() => undefined);
      const told = gone.or(screen.card(/^Devolución de/).filter({ hasText: "ya no ofrece esta acción" }));
      await expect(told.first()).toBeVisible();
      expect(await posts(sandbox, seller, "/expected-resolutions/refund")).toEqual([]);
    });
  });
}

test("an act whose answer is lost is never repeated by itself, and says what can be decided", async ({
  page,
  sandbox,
  openClaim,
}) => {
  const screen = new ClaimScreen(page);
  const { claim } = await openClaim("LOCAL", BROKEN);
  await sandbox.fault({
    method: "POST",
    path: `/claims/${claim.id}/expected-resolutions/refund`,
    status: 504,
    times: 5,
  });
  await screen.ask("Devolver el dinero");
  await screen.tick.check();
  await screen.confirm(/^Devolver /).click();
  const card = screen.card(/^Devolución de/);
  await expect(card).toContainText("No sabemos si se hizo", SETTLES);
  await expect(card.getByRole("button", { name: /^Ver si se hizo/ })).toBeVisible();
  await expect(screen.act("Devolver el dinero")).toBeDisabled();
  await expect(screen.acts).toContainText("Espera a que termine lo anterior");
  // Nobody was told who asked: the fault answered before that.
  const asked = new URLSearchParams({
    method: "POST",
    path: `/claims/${claim.id}/expected-resolutions/refund`,
  });
  const answer = await page.request.get(`${sandbox.url}/__sandbox/calls?${asked}`);
  expect((await answer.json()).calls).toHaveLength(1);
});

test("a proof of shipment is sent as it was filled in", async ({ page, sandbox, openClaim }) => {
  const screen = new ClaimScreen(page);
  const { claim } = await openClaim("LOCAL", {
    reasonId: "PNR9502",
    also: ["add_shipping_evidence"],
    messages: [{ from: "buyer", text: "No llegó", hoursAgo: 1 }],
  });
  await screen.ask("Cargar una prueba de envío");
  const confirm = screen.confirm("Enviar la prueba de envío");
  await expect(confirm).toBeDisabled();
  await confirm.click({ force: true });
  await expect(screen.dialog).toContainText("Falta completar: Empresa de transporte, Fecha de despacho.");
  await screen.dialog.getByLabel("Empresa de transporte").fill("Correo Andino");
  await screen.dialog.getByLabel("Fecha de despacho").fill("2026-11-18");
  await screen.dialog.getByLabel("Agregar archivos").setInputFiles([photo("guía firmada.png")]);
  await expect(screen.dialog.getByRole("listitem").filter({ hasText: "guía firmada.png" })).toBeVisible();
  await expect(confirm).toBeEnabled();
  await confirm.click();
  await expect(screen.log).toContainText("Prueba de envío · Lo confirmó", SETTLES);
  await expect(screen.panel).toContainText("Correo Andino");
  expect((await sandbox.claim(claim.id)).evidences).toMatchObject([{ method: "mail" }]);
  expect((await sandbox.claim(claim.id)).evidences[0]?.attachments).toHaveLength(1);
});

test.describe("with time to take it back", () => {
  test.use({ undoSeconds: 10 });

  test("a refund that was undone never leaves", async ({ page, sandbox, openClaim }) => {
    const screen = new ClaimScreen(page);
    const { seller } = await openClaim("LOCAL", BROKEN);
    await screen.ask("Devolver el dinero");
    await screen.tick.check();
    await screen.confirm(`Devolver $ 48.990 a ${BUYER}`).click();
    const card = screen.card(/^Devolución de/);
    await expect(card).toContainText(/Se hace en \d+ s/);
    await card.getByRole("button", { name: /^Deshacer/ }).click();
    await expect(card).toHaveCount(0);
    await expect(screen.panel).toContainText("Cancelado antes de salir");
    await expect(screen.act("Devolver el dinero")).toBeEnabled();
    expect(await posts(sandbox, seller, "/expected-resolutions/refund")).toEqual([]);
  });
});
