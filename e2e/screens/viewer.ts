import type { Locator, Page } from "@playwright/test";

/** A file of a conversation, looked at. */
export class ViewerScreen {
  readonly dialog: Locator;
  readonly next: Locator;
  readonly previous: Locator;
  readonly download: Locator;
  readonly close: Locator;
  readonly problem: Locator;

  constructor(private readonly page: Page) {
    this.dialog = page.getByRole("dialog");
    this.next = this.dialog.getByRole("button", { name: "Imagen siguiente" });
    this.previous = this.dialog.getByRole("button", { name: "Imagen anterior" });
    this.download = this.dialog.getByRole("link", { name: "Descargar" });
    this.close = this.dialog.getByRole("button", { name: "Cerrar" });
    this.problem = this.dialog.getByRole("alert");
  }

  /** What opens a file of the conversation. */
  opener(name: string): Locator {
    return this.page.getByRole("log").getByRole("button", { name: `Ver ${name}`, exact: true });
  }

  picture(name: string): Locator {
    return this.dialog.getByRole("img", { name, exact: true });
  }

  /** A page of a PDF. */
  sheet(number: number): Locator {
    return this.dialog.getByRole("img", { name: `Página ${number}`, exact: true });
  }
}
