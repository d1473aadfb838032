import type { Locator, Page } from "@playwright/test";
import type { Picked } from "@/e2e/fixtures/files";

/** One claim: its conversation, what may be done on it, and what is told of it. */
export class ClaimScreen {
  readonly log: Locator;
  readonly messages: Locator;
  readonly title: Locator;
  readonly panel: Locator;
  readonly acts: Locator;
  readonly composer: Locator;
  readonly field: Locator;
  readonly picker: Locator;
  readonly send: Locator;
  readonly dialog: Locator;
  readonly tick: Locator;
  /** In the place of a composer in which nobody may write. */
  readonly shut: Locator;
  readonly toSale: Locator;
  readonly refresh: Locator;

  constructor(private readonly page: Page) {
    this.log = page.getByRole("log");
    this.messages = this.log.getByRole("article");
    this.title = page.getByRole("heading", { level: 1 });
    this.panel = page.getByRole("complementary", { name: "El reclamo" });
    this.acts = page.getByRole("region", { name: "Qué puedes hacer" });
    this.composer = page.getByRole("form", { name: /^(Responder a|Escribirle al mediador)/ });
    this.field = this.composer.getByRole("textbox");
    this.picker = this.composer.getByLabel("Adjuntar archivos");
    this.send = this.composer.getByRole("button", { name: "Enviar" });
    this.dialog = page.getByRole("dialog");
    this.tick = this.dialog.getByRole("checkbox", { name: "Entiendo que no se puede deshacer" });
    this.shut = page.locator("[data-closed]");
    this.toSale = page.getByRole("link", { name: "Ver los mensajes de la venta" }).first();
    this.refresh = this.panel.getByRole("button", { name: "Actualizar" });
  }

  async open(claimId: string): Promise<void> {
    await this.page.goto(`/inbox/claims/${claimId}`);
  }

  message(text: string | RegExp): Locator {
    return this.messages.filter({ hasText: text });
  }

  mine(text: string | RegExp): Locator {
    return this.log.getByRole("article", { name: "Tú" }).filter({ hasText: text });
  }

  mediators(text: string | RegExp): Locator {
    return this.log.getByRole("article", { name: "Mediador de Mercado Libre" }).filter({ hasText: text });
  }

  async attach(...files: Picked[]): Promise<void> {
    await this.picker.setInputFiles(files);
  }

  /** The button that asks about an act. */
  act(name: string): Locator {
    return this.acts.getByRole("button", { name });
  }

  async ask(name: string): Promise<void> {
    await this.act(name).click();
    await this.dialog.waitFor();
  }

  /** The button that confirms. */
  confirm(name: string | RegExp): Locator {
    return this.dialog.getByRole("button", { name });
  }

  /** An act of ours that is not simply done. */
  card(name: string | RegExp): Locator {
    return this.log.getByRole("region", { name });
  }
}
