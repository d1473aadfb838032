import type { Locator, Page } from "@playwright/test";

/** One chain of questions: what was asked and answered, the composer, and what stands beside it. */
export class QuestionScreen {
  readonly title: Locator;
  readonly header: Locator;
  readonly log: Locator;
  readonly messages: Locator;
  readonly composer: Locator;
  readonly field: Locator;
  readonly send: Locator;
  /** In the place of a composer in which nothing may be written. */
  readonly shut: Locator;
  /** To the next question that waits. */
  readonly onward: Locator;
  readonly listing: Locator;
  readonly buyer: Locator;
  readonly dialog: Locator;
  readonly menuButton: Locator;
  /** What was just sent from another conversation. */
  readonly justSent: Locator;
  readonly refresh: Locator;

  constructor(private readonly page: Page) {
    const beside = page.getByRole("complementary", { name: "La publicación" });
    this.title = page.getByRole("heading", { level: 1 });
    this.header = page.locator("header").filter({ has: this.title });
    this.log = page.getByRole("log");
    this.messages = this.log.getByRole("article");
    this.composer = page.getByRole("form", { name: /^Responder a / });
    this.field = this.composer.getByRole("textbox");
    this.send = this.composer.getByRole("button", { name: "Enviar" });
    this.shut = page.locator("[data-substatus], [data-closed]");
    this.onward = this.shut.getByRole("link", {
      name: /^(Siguiente sin responder|Responder la otra pregunta)/,
    });
    this.listing = beside.getByRole("region", { name: "Publicación" });
    this.buyer = beside.getByRole("region", { name: "Quien pregunta" });
    this.dialog = page.getByRole("dialog");
    this.menuButton = page.getByRole("button", { name: "Más acciones de la pregunta" });
    this.justSent = page.getByRole("region", { name: "Lo último que enviaste" });
    this.refresh = beside.getByRole("button", { name: "Actualizar" });
  }

  async open(questionId: string): Promise<void> {
    await this.page.goto(`/inbox/questions/${questionId}`);
    await this.messages.first().waitFor();
  }

  message(text: string | RegExp): Locator {
    return this.messages.filter({ hasText: text });
  }

  mine(text: string | RegExp): Locator {
    return this.log.getByRole("article", { name: "Tú" }).filter({ hasText: text });
  }

  /** Picks something of the menu in the header; ends on its question. */
  async pick(name: string | RegExp): Promise<void> {
    await this.menuButton.click();
    await this.page.getByRole("menuitem", { name }).click();
    await this.dialog.waitFor();
  }

  confirm(name: string | RegExp): Locator {
    return this.dialog.getByRole("button", { name });
  }
}
