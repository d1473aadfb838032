import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, type Route } from "./paths";
import { ABOUT_QUESTIONS, itemFilter, LAST_OFFSET, offsetOf, QUESTION_PATHS } from "./question-paths";

type Row = [string, (paths: (typeof QUESTION_PATHS)["LOCAL"]) => Route, string, string];

const said = (route: Route) =>
  `${route.method} ${addressOf("https://api.test", route).href.slice("https://api.test".length)}`;
const page = { limit: 20, offset: 40 };
const why = { ...page, elementType: "QUE", elementId: "13000000001", language: "ES" };

/** No other form is documented in Global Selling. */
const same = (name: string, route: Route, address: string): Row => [name, () => route, address, address];

/** The resources of questions-and-contacts.md 1, row by row, that a seller's inbox asks: 2 lists what 1 does, and 4 is a
 *  buyer's. Row 12 is the second address. */
const rows: Row[] = [
  [
    "1 search",
    (p) => p.search({ seller_id: "7", status: "UNANSWERED" }),
    "GET /questions/search?seller_id=7&status=UNANSWERED&api_version=4",
    "GET /marketplace/questions/search?seller_id=7&status=UNANSWERED&api_version=4",
  ],
  [
    "3 question",
    (p) => p.question("13"),
    "GET /questions/13?api_version=4",
    "GET /marketplace/questions/13?api_version=4",
  ],
  ["5 answer", (p) => p.answer(), "POST /answers", "POST /marketplace/answers"],
  ["6 delete", (p) => p.remove("13"), "DELETE /questions/13", "DELETE /marketplace/questions/13"],
  same("7 hide", ABOUT_QUESTIONS.hide(), "POST /my/questions/hidden"),
  same("8 response time", ABOUT_QUESTIONS.responseTime("7"), "GET /users/7/questions/response_time"),
  same("9 block", ABOUT_QUESTIONS.block("7"), "POST /users/7/questions_blacklist"),
  same("9 list", ABOUT_QUESTIONS.blacklist("7"), "GET /users/7/questions_blacklist"),
  same("9 unblock", ABOUT_QUESTIONS.unblock("7", "99"), "DELETE /users/7/questions_blacklist/99"),
  same(
    "10 newer list",
    ABOUT_QUESTIONS.blockApi("7", page),
    "GET /block-api/search/users/7?type=blocked_by_questions&limit=20&offset=40",
  ),
  same(
    "11 infractions",
    ABOUT_QUESTIONS.infractions("7", why),
    "GET /moderations/infractions/7?element_type=QUE&element_id=13000000001&language=ES&sort=date_created_desc&limit=20&offset=40",
  ),
];

describe("the resources of questions", () => {
  it.each(rows)("has row %s in each protocol", (_name, route, local, global) => {
    expect(said(route(QUESTION_PATHS.LOCAL))).toBe(local);
    expect(said(route(QUESTION_PATHS.GLOBAL))).toBe(global);
  });

  it.each(rows)("draws row %s from the budget of questions", (_name, route) => {
    for (const paths of Object.values(QUESTION_PATHS)) expect(route(paths).family).toBe("questions");
  });

  it("scans in one country alone, and goes no further than the last offset", () => {
    expect([QUESTION_PATHS.LOCAL.canScan, QUESTION_PATHS.GLOBAL.canScan]).toEqual([true, false]);
    expect([offsetOf(0), offsetOf(LAST_OFFSET)]).toEqual([0, 1_000]);
    for (const offset of [-1, 1_001, 0.5, Number.NaN])
      expect(() => offsetOf(offset)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });

  it("stays under its base, or is refused, whatever the id", () => {
    const evil = fc.oneof(
      fc.string(),
      fc.constantFrom("..", ".", "1/2", "1?x", "%2e%2e", "%2F", "\\", "a b", "1\n", "-1"),
    );
    const make = [
      QUESTION_PATHS.LOCAL.question,
      QUESTION_PATHS.GLOBAL.remove,
      ABOUT_QUESTIONS.blacklist,
      ABOUT_QUESTIONS.responseTime,
      (id: string) => ABOUT_QUESTIONS.unblock("7", id),
      (id: string) => ABOUT_QUESTIONS.infractions(id, why),
    ];
    fc.assert(
      fc.property(evil, fc.constantFrom(...make), (id, build) => {
        let route: Route;
        try {
          route = build(id);
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid_input" });
          return;
        }
        expect(addressOf("https://api.test/base", route).pathname).toBe(`/base${route.path}`);
        expect(id).toMatch(/^\d+$/);
      }),
    );
  });

  it("names an item and an element by nothing that means more in a query", () => {
    expect(itemFilter("MLA1000000001")).toBe("MLA1000000001");
    for (const id of ["", "MLA1&seller_id=2", "1", "MLA 1"])
      expect(() => itemFilter(id)).toThrow(expect.objectContaining({ code: "invalid_input" }));
    expect(() => ABOUT_QUESTIONS.infractions("7", { ...why, elementId: "1&language=PT" })).toThrow(
      expect.objectContaining({ code: "invalid_input" }),
    );
  });
});
