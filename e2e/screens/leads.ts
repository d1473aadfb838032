import type { Download, Locator, Page } from "@playwright/test";

/** Contacts and leads of classified listings. */
export class LeadsScreen {
  readonly figures: Locator;
  readonly chart: Locator;
  /** One picture for each series. */
  readonly pictures: Locator;
  readonly walk: Locator;
  readonly seriesTable: Locator;
  readonly ranking: Locator;
  readonly rows: Locator;
  readonly find: Locator;
  readonly seriesCsv: Locator;
  readonly rankingCsv: Locator;
  readonly people: Locator;
  readonly types: Locator;
  readonly guests: Locator;
  readonly listing: Locator;
  readonly dialog: Locator;

  constructor(private readonly page: Page) {
    const main = page.getByRole("main");
    this.figures = main.getByRole("region", { name: "Resumen del período" }).getByRole("listitem");
    this.chart = main.getByRole("region", { name: /^(Por (hora|día)|Publicaciones comparadas)/ });
    this.pictures = this.chart.getByRole("img");
    this.walk = this.chart.getByRole("slider", { name: "Recorrer el gráfico" });
    this.seriesTable = this.chart.getByRole("table");
    this.ranking = main.getByRole("region", { name: "Por publicación" });
    this.rows = this.ranking.getByRole("row").filter({ has: page.getByRole("checkbox") });
    this.find = this.ranking.getByRole("searchbox", { name: "Buscar por título o código" });
    this.seriesCsv = this.chart.getByRole("button", { name: /CSV/ });
    this.rankingCsv = this.ranking.getByRole("button", { name: /CSV/ });
    this.people = main
      .getByRole("list", { name: "Interesados" })
      .getByRole("listitem")
      .filter({
        has: page.getByRole("link", { name: /^Ver detalles de / }),
      });
    this.types = main.getByRole("navigation", { name: "Tipo de contacto" }).getByRole("link");
    this.guests = main.getByRole("combobox", { name: "Quiénes" });
    this.listing = main.getByRole("combobox", { name: "Publicación" });
    this.dialog = page.getByRole("dialog");
  }

  async open(search = ""): Promise<void> {
    await this.page.goto(`/leads${search}`);
  }

  figure(kind: string): Locator {
    return this.figures.filter({ has: this.page.getByRole("heading", { name: kind }) });
  }

  account(nickname: string): Locator {
    return this.page.getByRole("navigation", { name: "Cuenta" }).getByRole("link", { name: nickname });
  }

  period(name: string): Locator {
    return this.page.getByRole("navigation", { name: "Período" }).getByRole("link", { name, exact: true });
  }

  sortBy(column: string): Locator {
    return this.ranking.getByRole("columnheader").getByRole("button", { name: column, exact: true });
  }

  row(title: string): Locator {
    return this.rows.filter({ hasText: title });
  }

  /** What stands in a row of the ranking, without its first cell: price, status, three counts, total, change, share. */
  async cells(row: Locator): Promise<string[]> {
    return row.getByRole("cell").allInnerTexts();
  }

  pick(title: string): Locator {
    return this.ranking.getByRole("checkbox", { name: `Comparar ${title}` });
  }

  view(name: "Gráfico" | "Tabla" | "Por hora" | "Por día"): Locator {
    return this.chart.getByRole("link", { name, exact: true });
  }

  person(name: string): Locator {
    return this.people.filter({ hasText: name });
  }

  type(name: string | RegExp): Locator {
    return this.types.filter({ hasText: name });
  }

  /** Presses a button that hands over a file. */
  async save(button: Locator): Promise<{ name: string; text: string }> {
    const [download] = await Promise.all([this.page.waitForEvent("download"), button.click()]);
    return { name: download.suggestedFilename(), text: await textOf(download) };
  }
}

async function textOf(download: Download): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString("utf8");
}
