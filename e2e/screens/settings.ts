import type { Locator, Page } from "@playwright/test";

/** Accounts, choices and sessions. */
export class SettingsScreen {
  readonly connect: Locator;
  readonly signOut: Locator;
  readonly signOutEverywhere: Locator;
  readonly dialog: Locator;

  constructor(private readonly page: Page) {
    const main = page.getByRole("main");
    this.connect = main.getByRole("button", { name: "Conectar otra cuenta" });
    this.signOut = main.getByRole("button", { name: "Cerrar sesión" });
    this.signOutEverywhere = main.getByRole("button", { name: "Cerrar todas las sesiones" });
    this.dialog = page.getByRole("dialog");
  }

  async open(): Promise<void> {
    await this.page.goto("/settings");
  }

  account(nickname: string): Locator {
    return this.page.getByRole("main").getByRole("listitem").filter({ hasText: nickname });
  }

  disconnect(nickname: string): Locator {
    return this.page.getByRole("button", { name: `Desconectar ${nickname}` });
  }

  choice(group: string, label: string): Locator {
    return this.page.getByRole("group", { name: group }).getByRole("radio", { name: label });
  }
}
