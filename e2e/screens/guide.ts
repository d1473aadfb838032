import type { Locator, Page } from "@playwright/test";
import { ThreadScreen } from "./thread";

/** The guided start of a conversation: it stands where the composer would. */
export class GuideScreen extends ThreadScreen {
  readonly reasons: Locator;
  /** Says why nothing can be begun. */
  readonly stop: Locator;

  constructor(page: Page) {
    super(page);
    this.reasons = this.composer.getByRole("group", { name: "Motivo" });
    this.stop = page.getByRole("status").filter({ hasText: "Preguntar a Mercado Libre" });
  }

  reason(name: string): Locator {
    return this.reasons.getByRole("radio", { name });
  }

  hour(name: "Desde las" | "Hasta las"): Locator {
    return this.composer.getByRole("spinbutton", { name });
  }

  /** The button that a failed bubble has. */
  act(text: string | RegExp, name: string): Locator {
    return this.mine(text).getByRole("button", { name });
  }
}
