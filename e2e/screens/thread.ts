import type { Locator, Page } from "@playwright/test";
import type { Picked } from "@/e2e/fixtures/files";

/** One conversation and its composer. */
export class ThreadScreen {
  readonly log: Locator;
  readonly messages: Locator;
  readonly composer: Locator;
  readonly field: Locator;
  readonly picker: Locator;
  readonly send: Locator;
  readonly files: Locator;
  readonly markRead: Locator;
  readonly refresh: Locator;
  /** The explanation in the place of a closed composer: found by what people who support sellers look for. */
  readonly banner: Locator;

  constructor(private readonly page: Page) {
    this.log = page.getByRole("log");
    this.messages = this.log.getByRole("article");
    this.composer = page.getByRole("form", { name: /^Responder a / });
    this.field = this.composer.getByRole("textbox");
    this.picker = this.composer.getByLabel("Adjuntar archivos");
    this.send = this.composer.getByRole("button", { name: "Enviar" });
    this.files = this.composer.getByRole("list", { name: "Archivos para enviar" }).getByRole("listitem");
    this.markRead = page.getByRole("button", { name: "Marcar leído" });
    this.banner = page.locator("[data-substatus]");
    this.refresh = page
      .getByRole("complementary", { name: "La venta" })
      .getByRole("button", { name: "Actualizar" });
  }

  async open(packId: string): Promise<void> {
    await this.page.goto(`/inbox/messages/${packId}`);
  }

  message(text: string | RegExp): Locator {
    return this.messages.filter({ hasText: text });
  }

  /** The newest message of ours. */
  mine(text: string | RegExp): Locator {
    return this.log.getByRole("article", { name: "Tú" }).filter({ hasText: text });
  }

  file(name: string): Locator {
    return this.files.filter({ hasText: name });
  }

  async attach(...files: Picked[]): Promise<void> {
    await this.picker.setInputFiles(files);
  }

  /** Picks a file of this machine's disk. */
  async attachPath(path: string): Promise<void> {
    await this.picker.setInputFiles(path);
  }

  /** Lets a file go over the composer, or pastes it into its field. */
  async bring(how: "drop" | "paste", { name, mimeType, buffer }: Picked): Promise<void> {
    await this.field.evaluate(
      (field, { how, name, type, base64 }) => {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], name, { type }));
        const init = { bubbles: true, cancelable: true };
        field.dispatchEvent(
          how === "drop"
            ? new DragEvent("drop", { ...init, dataTransfer: data })
            : new ClipboardEvent("paste", { ...init, clipboardData: data }),
        );
      },
      { how, name, type: mimeType, base64: buffer.toString("base64") },
    );
  }
}
