import type { Locator, Page } from "@playwright/test";

/** The page of who is signed out. */
export class SignInScreen {
  readonly country: Locator;
  readonly button: Locator;
  readonly problem: Locator;

  constructor(private readonly page: Page) {
    this.country = page.getByRole("combobox");
    this.button = page.getByRole("button", { name: /Mercado Libre/ }).first();
    this.problem = page.getByRole("main").getByRole("alert");
  }

  async open(): Promise<void> {
    await this.page.goto("/");
  }

  /** The first click: ends on Mercado Libre's consent page. */
  async start(): Promise<void> {
    await this.open();
    await this.button.click();
    await this.page.waitForURL(/\/authorization\?/);
  }
}
