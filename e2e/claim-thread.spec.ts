import { AxeBuilder } from "@axe-core/playwright";
import { BUYER, PATIENT_MS, PRODUCT, PROFILES, SETTLES, shopOf, test } from "@/e2e/fixtures/claim-shop";
import { png } from "@/e2e/fixtures/pictures";
import { expect } from "@/e2e/fixtures/test";
import { ClaimScreen } from "@/e2e/screens/claim";
import { ThreadScreen } from "@/e2e/screens/thread";

const photo = (name: string) => ({ name, mimeType: "image/png", buffer: png(40, 30) });

test.beforeEach(() => test.setTimeout(PATIENT_MS));

for (const profile of PROFILES) {
  test.describe(`${profile} claims`, () => {
    test("are understood at a glance: stage, wish, whose turn, until when, the problem, the amount", async ({
      page,
      openClaim,
    }) => {
      const claim = new ClaimScreen(page);
      await openClaim(profile, {
        messages: [{ from: "buyer", text: "No enciende", hoursAgo: 1 }],
        replyDueInHours: 30,
      });
      await expect(claim.title).toHaveText(PRODUCT);
      const header = page.getByRole("banner").or(page.locator("header")).filter({ hasText: PRODUCT });
      await expect(header.first()).toContainText("Reclamo · Quiere devolver el producto");
      await expect(
        page.getByText(/Es tu turno\. Plazo para responder: .+ \(quedan (29|30) h\)/),
      ).toBeVisible();
      await expect(claim.panel).toContainText(/48[.,]990/);
      await expect(claim.panel).toContainText("Devolver el producto");
      await expect(claim.panel).toContainText("Tu reputación");
      await expect(claim.log).toContainText("El comprador abrió el reclamo");
      await expect(claim.message("No enciende")).toHaveCount(1);
      // An ordinary claim is no mediation, whatever its type is called (claims.md 3).
      await expect(page.getByRole("main").getByText(/^Mediación/)).toHaveCount(0);
    });

    test("are answered with a photo, which the buyer alone is said to read", async ({
      page,
      sandbox,
      openClaim,
    }) => {
      const screen = new ClaimScreen(page);
      const { claim } = await openClaim(profile, {
        messages: [{ from: "buyer", text: "No enciende", hoursAgo: 1 }],
      });
      await expect(screen.composer).toContainText("Lo leerá el comprador.");
      await screen.attach(photo("foto.png"));
      await screen.field.fill("Ana, ¿es esta la tecla? “Probá” así 😀");
      await screen.send.click();
      const mine = screen.mine("¿es esta la tecla?");
      // Global Selling translates first.
      await expect(mine).toContainText(/Entregado|En moderación/, SETTLES);
      await expect(mine).toHaveCount(1);
      await expect(mine).toContainText("“Probá” así 😀");
      await expect(mine.getByRole("link", { name: "foto.png", exact: true })).toBeVisible();
      const sent = (await sandbox.claim(claim.id)).messages.filter(({ author }) => author === "seller");
      expect(sent.map(({ to, attachments }) => [to, attachments.length])).toEqual([["complainant", 1]]);
      expect(sent[0]?.attachments[0]?.filename).toMatch(/^[A-Za-z0-9._-]{1,125}$/);
    });

    test("in mediation are written to the mediator alone, whose words stand apart", async ({
      page,
      sandbox,
      openClaim,
    }) => {
      const screen = new ClaimScreen(page);
      const { claim } = await openClaim(profile, {
        openedHoursAgo: 60,
        stage: "dispute",
        dispute: { by: "buyer", hoursAgo: 20 },
        messages: [
          { from: "buyer", text: "No enciende", hoursAgo: 59 },
          {
            from: "mediator",
            text: "<p>Hola,</p><p>contanos <b>qué pasó</b></p><script>alert(1)</script>",
            hoursAgo: 10,
          },
        ],
      });
      await expect(page.getByText("Mediación", { exact: true }).first()).toBeVisible();
      await expect(screen.log).toContainText("Empezó la mediación, pedida por el comprador");
      const words = screen.mediators("contanos qué pasó");
      await expect(words).toBeVisible();
      await expect(words).not.toContainText("<");
      await expect(screen.composer).toContainText("Lo leerá el mediador, no el comprador.");
      await screen.field.fill("Adjunto la factura");
      await screen.send.click();
      const mine = screen.mine("Adjunto la factura");
      await expect(mine).toContainText("Para el mediador");
      await expect(mine).toContainText(/Entregado|En moderación/, SETTLES);
      const sent = (await sandbox.claim(claim.id)).messages.filter(({ author }) => author === "seller");
      expect(sent.map(({ to }) => to)).toEqual(["mediator"]);
    });

    test("that begin a mediation while somebody writes say so, and turn to the mediator with the text kept", async ({
      page,
      sandbox,
      openClaim,
    }) => {
      const screen = new ClaimScreen(page);
      const { claim } = await openClaim(profile, {
        messages: [{ from: "buyer", text: "No enciende", hoursAgo: 1 }],
      });
      await screen.field.fill("Te lo cambio");
      await sandbox.escalateClaim(claim.id, "buyer");
      await screen.refresh.click();
      await expect(screen.log).toContainText("Empezó la mediación, pedida por el comprador");
      await expect(screen.composer).toContainText("Lo leerá el mediador, no el comprador.");
      await expect(screen.field).toHaveValue("Te lo cambio");
      await expect(screen.acts).toContainText("no te pide ni te ofrece ninguna acción");
    });

    test("that are closed stay readable, and say why they ended and that nobody can write", async ({
      page,
      openClaim,
    }) => {
      const screen = new ClaimScreen(page);
      await openClaim(profile, {
        openedHoursAgo: 90,
        status: "closed",
        messages: [{ from: "buyer", text: "No enciende", hoursAgo: 89 }],
        resolution: { reason: "payment_refunded", benefited: ["complainant"], hoursAgo: 3 },
      });
      await expect(screen.message("No enciende")).toBeVisible();
      await expect(screen.shut).toHaveAttribute("data-closed", "closed");
      await expect(screen.shut).toContainText("El reclamo está cerrado: Se devolvió el dinero");
      await expect(screen.panel).toContainText("Cómo terminó");
      await expect(screen.panel).toContainText("A favor de");
      await expect(screen.send).toHaveCount(0);
      await expect(screen.acts).toHaveCount(0);
    });

    test("and the conversation of their sale lead to each other", async ({
      page,
      sandbox,
      createSeller,
      signIn,
    }) => {
      const screen = new ClaimScreen(page);
      const thread = new ThreadScreen(page);
      const seller = await createSeller(shopOf(profile));
      const packId = seller.threads[0]?.packId ?? "";
      await sandbox.buyerWrites({ packId, text: "Hola" });
      const claim = await sandbox.openClaim(packId, {
        openedHoursAgo: 60,
        stage: "dispute",
        dispute: { by: "buyer", hoursAgo: 20 },
      });
      await signIn(page, seller);
      await thread.open(packId);
      await expect(thread.banner).toHaveAttribute("data-substatus", /blo.*_by_mediation/);
      await thread.banner.getByRole("link", { name: `Reclamo ${claim.id}` }).click();
      await expect(page).toHaveURL(new RegExp(`/inbox/claims/${claim.id}`));
      await expect(screen.composer).toContainText("Lo leerá el mediador");
      await screen.toSale.click();
      await expect(page).toHaveURL(new RegExp(`/inbox/messages/${packId}`));
      await expect(thread.banner).toBeVisible();
    });

    test("have no barrier that axe finds, on a phone and on a desk, and never widen the page", async ({
      page,
      openClaim,
    }) => {
      const screen = new ClaimScreen(page);
      await openClaim(profile, {
        openedHoursAgo: 60,
        messages: [
          { from: "buyer", text: `No enciende ${"a".repeat(120)}`, hoursAgo: 59 },
          { from: "seller", text: "¿Probaste cargarlo?", hoursAgo: 50 },
        ],
        replyDueInHours: 2,
      });
      await expect(screen.message("No enciende")).toBeVisible();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [320, 375, 1440, 2560]) {
          await page.setViewportSize({ width, height: 812 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect.soft(wide, `${width} px`).toBeLessThanOrEqual(0);
          if (width === 320 || width === 2560) continue;
          await expectNoViolations(`${colorScheme} ${width}`);
        }
        await screen.ask("Devolver el dinero");
        await expectNoViolations(`${colorScheme} dialog`);
        await page.keyboard.press("Escape");
      }

      async function expectNoViolations(what: string): Promise<void> {
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
        expect.soft(told, what).toEqual([]);
      }
    });
  });
}

test("a claim of Global Selling shows Mercado Libre's translation under what the buyer wrote", async ({
  page,
  openClaim,
}) => {
  const screen = new ClaimScreen(page);
  await openClaim("GLOBAL", {
    messages: [{ from: "buyer", text: "No enciende", translated: "It does not turn on", hoursAgo: 1 }],
  });
  await expect(screen.message("No enciende")).toContainText("It does not turn on");
  await expect(screen.panel).toContainText(BUYER);
});
