import type { Locator, Page } from "@playwright/test";

/** The list of conversations. */
export class InboxScreen {
  readonly list: Locator;
  readonly rows: Locator;
  readonly help: Locator;

  constructor(private readonly page: Page) {
    this.list = page.getByRole("list", { name: "Conversaciones" });
    this.rows = this.list.getByRole("link");
    this.help = page.getByRole("dialog", { name: "Atajos de teclado" });
  }

  row(words: string | RegExp): Locator {
    return this.list.getByRole("link", { name: words });
  }

  /** Works as another account, by the menu of the navigation. */
  async switchTo(nickname: string): Promise<void> {
    await this.page.getByRole("button", { name: /^Cuenta: / }).click();
    await this.page.getByRole("button", { name: new RegExp(`^${nickname}`) }).click();
  }

  /** The filter over the list that several accounts have. */
  account(nickname: string): Locator {
    return this.page.getByRole("navigation", { name: "Cuentas" }).getByRole("link", { name: nickname });
  }
}
