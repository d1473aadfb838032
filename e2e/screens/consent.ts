import type { Locator, Page } from "@playwright/test";

/** Mercado Libre's page on which a seller lets the application in. */
export class ConsentScreen {
  readonly allowButton: Locator;
  readonly denyButton: Locator;

  constructor(private readonly page: Page) {
    this.allowButton = page.getByRole("button", { name: /^Autorizar$/ });
    this.denyButton = page.getByRole("button", { name: /^Cancelar$/ });
  }

  async choose(nickname: string): Promise<void> {
    await this.page.getByRole("radio", { name: nickname }).check();
  }

  /** The second click. */
  async allow(nickname: string): Promise<void> {
    await this.choose(nickname);
    await this.allowButton.click();
  }

  /** Gives permission, but keeps the browser from going back: answers the address it was sent to. */
  async allowAndHold(nickname: string): Promise<string> {
    let held = "";
    await this.page.route("**/authorization", async (route) => {
      const answer = await route.fetch({ maxRedirects: 0 });
      held = answer.headers().location ?? "";
      await route.fulfill({ contentType: "text/plain", body: "held" });
    });
    await this.allow(nickname);
    await this.page.getByText("held").waitFor();
    return held;
  }
}
