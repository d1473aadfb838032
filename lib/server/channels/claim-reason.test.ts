import { expect, it } from "vitest";
import { client } from "@/lib/server/mercadolibre/testing/edge";
import { reasonInWords } from "./claim-reason";

const words = (detail: string | null) => ({ body: { id: "PDD9939", name: "defective", detail } });

it("asks for a reason once in days, for each site in its own words (claims.md 4.3)", async () => {
  const { meli, sent } = client([words("El producto no funciona"), words("O produto não funciona")]);
  const ask = (siteId: string) => reasonInWords(meli, { reasonId: "PDD9939", siteId });
  expect(await ask("MLA")).toBe("El producto no funciona");
  expect(await ask("MLA")).toBe("El producto no funciona");
  expect(sent).toHaveLength(1);
  expect(await ask("MLB")).toBe("O produto não funciona");
  expect(await ask("MLB")).toBe("O produto não funciona");
  expect(sent).toHaveLength(2);
});

it("asks once for many claims at the same moment", async () => {
  const { meli, sent } = client([words("Vino incompleto")]);
  const ask = () => reasonInWords(meli, { reasonId: "PDD9944", siteId: "MLA" });
  expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill("Vino incompleto"));
  expect(sent).toHaveLength(1);
});

it("shows the name where there are no words, and keeps no refusal", async () => {
  const refused = { status: 404, body: { message: "reason not found", error: "not_found_error", code: 404 } };
  const { meli, sent } = client([refused, words(null)]);
  const ask = () => reasonInWords(meli, { reasonId: "PDD9939", siteId: "MLA" });
  await expect(ask()).rejects.toMatchObject({ code: "not_found" });
  expect(await ask()).toBe("defective");
  expect(await ask()).toBe("defective");
  expect(sent).toHaveLength(2);
});
