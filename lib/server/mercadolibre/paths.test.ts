import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, COMMON, GUIDE, PATHS, type Route } from "./paths";

const BASE = "https://api.test/base";
const builders: Record<string, (id: string) => Route> = {
  message: PATHS.LOCAL.message,
  order: PATHS.GLOBAL.order,
  item: PATHS.LOCAL.item,
  shipment: PATHS.GLOBAL.shipment,
  user: COMMON.user,
  file: (filename) => PATHS.LOCAL.download({ siteId: "MLA", filename }),
  upload: (siteId) => PATHS.LOCAL.upload(siteId),
  "reason to write": GUIDE.begin,
  send: (packId) => PATHS.GLOBAL.send({ packId, sellerId: "1" }),
};

describe.each(Object.keys(builders))("the address of a %s", (name) => {
  it("stays one segment under the base, or is refused, whatever the id", () => {
    const evil = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "..",
        ".",
        "1/2",
        "1?x",
        "1#x",
        "%2e%2e",
        "%2F",
        "\\",
        "//x.test",
        "@x.test",
        "1\n",
        " ",
        "1;2",
      ),
    );
    fc.assert(
      fc.property(evil, (id) => {
        let route: Route | undefined;
        try {
          route = builders[name]?.(id);
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid_input" });
          return;
        }
        if (route === undefined) throw new Error("no such builder");
        const url = addressOf(BASE, route);
        expect(url.origin).toBe("https://api.test");
        expect(url.pathname).toBe(`/base${route.path}`);
        expect(id).toMatch(/^[\w.-]+$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("addressOf", () => {
  it.each(["//evil.test/x", "/../x", "/a/../../x", "/a?b=1", "/a#b", "/%2e%2e/x", "@evil.test/x"])(
    "refuses the path %j",
    (path) => {
      expect(() => addressOf(BASE, { path, query: {} })).toThrow();
    },
  );

  it("encodes what goes into the query", () => {
    const url = addressOf("https://api.test", {
      path: "/x",
      query: { from: "2026-01-01T00:00:00+03:00", q: "a&b=c" },
    });
    expect(url.search).toBe("?from=2026-01-01T00%3A00%3A00%2B03%3A00&q=a%26b%3Dc");
  });
});
