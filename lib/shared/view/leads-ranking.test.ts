import { describe, expect, it } from "vitest";
import type { ContactItem } from "@/lib/shared/api/leads";
import { readCsv } from "@/lib/shared/contacts/testing/read-csv";
import { fileName, rankingCsv, seriesCsv } from "./leads-export";
import { found, itemChange, leaderOf, measureOf, ordered, shareOf } from "./leads-ranking";

type Counts = [questions: number | null, phone: number | null, whatsapp: number | null];

function item(itemId: string, title: string | null, now: Counts, before: Counts = [0, 0, 0]): ContactItem {
  const of = (at: 0 | 1 | 2) => ({ sum: now[at], previous: before[at] });
  const sumOf = (all: Counts) =>
    all.every((one) => one === null) ? null : all.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return {
    itemId,
    title,
    thumbnail: null,
    price: { minor: 8_990_000, currency: "CLP" },
    status: "active",
    permalink: null,
    kinds: { questions: of(0), phone_views: of(1), whatsapp: of(2) },
    sum: sumOf(now),
    previous: sumOf(before),
  };
}

const YARIS = item("MLC1", "Toyota Yaris 1.5 Automático", [4, 32, 9], [4, 16, 9]);
const RIO = item("MLC2", "Kia Río 2019", [9, 12, 0], [0, 0, 0]);
const HOUSE = item("MLC3", "Casa en Ñuñoa, 3 dormitorios", [1, 40, 2], [2, 40, 1]);
const UNREAD = item("MLC4", "Suzuki Swift", [null, null, null], [null, null, null]);
const HIDDEN = item("MLC5", null, [0, 0, 0]);
const ALL = [YARIS, RIO, HOUSE, UNREAD, HIDDEN];
const ids = (items: readonly ContactItem[]) => items.map(({ itemId }) => itemId);

describe("the ranking", () => {
  it("says which listing has most of one kind of contact", () => {
    expect(ids(ordered(ALL, "phone_views", false, "es"))).toEqual(["MLC3", "MLC1", "MLC2", "MLC5", "MLC4"]);
    expect(leaderOf(ALL, "phone_views")).toEqual({ item: HOUSE, count: 40 });
    expect(leaderOf(ALL, "questions")).toEqual({ item: RIO, count: 9 });
    expect(leaderOf([HIDDEN, UNREAD], "whatsapp")).toBeNull();
  });

  it("keeps what is not known last, whichever way it is ordered", () => {
    expect(ids(ordered(ALL, "total", true, "es"))).toEqual(["MLC5", "MLC2", "MLC3", "MLC1", "MLC4"]);
    expect(ids(ordered(ALL, "total", false, "es")).at(-1)).toBe("MLC4");
    expect(ids(ordered(ALL, "item", true, "es"))).toEqual(["MLC3", "MLC2", "MLC4", "MLC1", "MLC5"]);
    expect(ids(ordered(ALL, "item", false, "es"))).toEqual(["MLC1", "MLC4", "MLC2", "MLC3", "MLC5"]);
  });

  it("is ordered by how much listings moved", () => {
    expect(ids(ordered(ALL, "change", false, "es"))).toEqual(["MLC2", "MLC1", "MLC3", "MLC5", "MLC4"]);
    expect(itemChange(YARIS, "phone_views")).toEqual({ absolute: 16, percent: 100 });
    expect(itemChange(RIO, "questions")).toEqual({ absolute: 9, percent: null });
    expect(itemChange(UNREAD, "total")).toBeNull();
  });

  it("is narrowed by words in any order, without their accents, and by the id", () => {
    expect(ids(found(ALL, "automatico YARIS"))).toEqual(["MLC1"]);
    expect(ids(found(ALL, "nunoa"))).toEqual(["MLC3"]);
    expect(ids(found(ALL, "mlc2"))).toEqual(["MLC2"]);
    expect(ids(found(ALL, "yaris rio"))).toEqual([]);
    expect(found(ALL, "  ")).toHaveLength(ALL.length);
  });

  it("measures what it is ordered by, else all contacts", () => {
    expect([measureOf("whatsapp"), measureOf("price"), measureOf("total")]).toEqual([
      "whatsapp",
      "total",
      "total",
    ]);
  });

  it("gives shares that add up to all", () => {
    const shares = ALL.map((one) => shareOf(one, ALL, "phone_views") ?? 0);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    expect(shareOf(UNREAD, ALL, "phone_views")).toBeNull();
    expect(shareOf(HIDDEN, [HIDDEN], "total")).toBeNull();
  });
});

describe("the files", () => {
  const titles = {
    item: "Publicación",
    id: "Código",
    price: "Precio",
    currency: "Moneda",
    status: "Estado",
    questions: "Preguntas",
    phone_views: "Ver teléfono",
    whatsapp: "WhatsApp",
    total: "Total",
    before: "Antes",
    change: "Cambio",
    share: "Parte",
  };

  it("hold the ranking as it stands, what is not known as nothing", () => {
    const shown = ordered(ALL, "phone_views", false, "es");
    const [head, ...rows] = readCsv(rankingCsv(titles, shown, "phone_views", (status) => status ?? "?"));
    expect(head).toEqual(Object.values(titles));
    expect(rows.map(([, id]) => id)).toEqual(ids(shown));
    expect(rows[1]).toEqual([
      "Toyota Yaris 1.5 Automático",
      "MLC1",
      "8990000",
      "CLP",
      "active",
      "4",
      "32",
      "9",
      "45",
      "16",
      "16",
      "38.1",
    ]);
    expect(rows.at(-1)).toEqual([
      "Suzuki Swift",
      "MLC4",
      "8990000",
      "CLP",
      "active",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
    ]);
  });

  it("hold a series by day, and by hour with the clock of the seller", () => {
    const column = { title: "Ver teléfono", values: [3, null] };
    const days = [
      { at: new Date("2026-08-01T04:00:00Z"), day: "2026-08-01" },
      { at: new Date("2026-08-02T04:00:00Z"), day: "2026-08-02" },
    ];
    expect(readCsv(seriesCsv("Día", days, [column], "America/Santiago"))).toEqual([
      ["Día", "Ver teléfono"],
      ["2026-08-01", "3"],
      ["2026-08-02", ""],
    ]);
    // The clocks of Chile go back at midnight: that hour comes twice, and is told apart.
    const hours = ["2026-04-05T02:00:00Z", "2026-04-05T03:00:00Z"].map((at) => ({
      at: new Date(at),
      day: null,
    }));
    expect(
      readCsv(seriesCsv("Hora", hours, [column], "America/Santiago"))
        .slice(1)
        .map(([at]) => at),
    ).toEqual(["2026-04-04T23:00:00-03:00", "2026-04-04T23:00:00-04:00"]);
  });

  it("are called by what they hold, whose it is and when", () => {
    expect(fileName("contactos", "AUTOMOTORA ANDES/ñ", "2026-08-01", "2026-08-07")).toBe(
      "contactos-AUTOMOTORA-ANDES-n-2026-08-01_2026-08-07.csv",
    );
    expect(fileName("anuncios", "A", "2026-08-01", "2026-08-01")).toBe("anuncios-A-2026-08-01.csv");
  });
});
