import { expect, it } from "vitest";
import { parseNotice, readNotice } from "./notifications";
import { subjectOf } from "./topics";

const APP = "1000000000000001";
const QUESTION = `{"_id":"5e2827f2-0000-4000-8000-000000000001","resource":"/questions/13000000001","user_id":700000001,
  "topic":"questions","application_id":1000000000000001,"attempts":1,
  "sent":"2026-10-08T13:51:05.464Z","received":"2026-10-08T13:51:05.438Z"}`;
const MESSAGE = {
  id: "5e2827f2-0000-4000-8000-000000000002",
  resource: "3f6da1e35ac84f70a24af7360d24c7bc",
  user_id: 700000001,
  topic: "messages",
  actions: ["created"],
  application_id: APP,
  attempts: 1,
  sent: "2026-10-08T13:44:33.006Z",
  received: "2026-10-08T13:44:32.984Z",
};
const noticeOf = (body: unknown) => {
  const read = readNotice(body, APP);
  if (read.kind !== "notice") throw new Error(JSON.stringify(read));
  return read.notice;
};

it("reads the general and the typed envelope", () => {
  expect(parseNotice(QUESTION, APP)).toMatchObject({
    kind: "notice",
    notice: {
      userId: "700000001",
      topic: "questions",
      subject: "13000000001",
      actions: [],
      noticeId: "5e2827f2-0000-4000-8000-000000000001",
      attempts: 1,
      receivedAt: new Date("2026-10-08T13:51:05.438Z"),
    },
  });
  expect(noticeOf(MESSAGE)).toMatchObject({ subject: MESSAGE.resource, actions: ["created"] });
});

it("takes a user id as text, nine fractional digits, no id, and the misspelt instant", () => {
  const { id: _id, received: _received, ...bare } = MESSAGE;
  const notice = noticeOf({
    ...bare,
    user_id: "700000001",
    sent: "2026-10-08T13:44:33.006123456Z",
    recieved: "2026-10-08T13:44:32.984123456Z",
  });
  expect(notice).toMatchObject({
    userId: "700000001",
    noticeId: null,
    sentAt: new Date("2026-10-08T13:44:33.006Z"),
    receivedAt: new Date("2026-10-08T13:44:32.984Z"),
  });
});

it("keeps every digit of an application id beyond 2^53", () => {
  const big = QUESTION.replace("1000000000000001", "9007199254740993123");
  expect(parseNotice(big, "9007199254740993123").kind).toBe("notice");
  expect(parseNotice(big, "9007199254740993124")).toEqual({ kind: "refused", why: "foreign_application" });
});

it.each([
  ["no JSON", "hello"],
  ["an array", "[]"],
  ["null", "null"],
  ["an empty object", "{}"],
  ["no user", JSON.stringify({ ...MESSAGE, user_id: null })],
  ["a user that is no number", JSON.stringify({ ...MESSAGE, user_id: "7e9" })],
  ["no application", JSON.stringify({ ...MESSAGE, application_id: undefined })],
  ["a topic that is no word", JSON.stringify({ ...MESSAGE, topic: "mess<ages" })],
  ["no resource", JSON.stringify({ ...MESSAGE, resource: "" })],
  ["a full address", JSON.stringify({ ...MESSAGE, resource: "https://evil.test/x" })],
  ["a scheme", JSON.stringify({ ...MESSAGE, resource: "javascript:alert" })],
  ["a host in the path", JSON.stringify({ ...MESSAGE, resource: "//evil.test/x" })],
  ["a climb", JSON.stringify({ ...MESSAGE, resource: "/messages/../users/me" })],
  ["an escaped climb", JSON.stringify({ ...MESSAGE, resource: "/messages/%2e%2e/x" })],
  ["a line break", JSON.stringify({ ...MESSAGE, resource: `${MESSAGE.resource}\n` })],
  ["a resource of 301 characters", JSON.stringify({ ...MESSAGE, resource: "a".repeat(301) })],
])("refuses %s as malformed", (_what, text) => {
  expect(parseNotice(text, APP)).toEqual({ kind: "refused", why: "malformed" });
});

it("passes what is well-formed and not followed", () => {
  expect(readNotice({ ...MESSAGE, topic: "stock-location", resource: "/x/1" }, APP)).toEqual({
    kind: "passed",
    why: "unknown_topic",
    topic: "stock-location",
  });
  expect(readNotice({ ...MESSAGE, resource: "/messages/packs/1/sellers/2" }, APP)).toEqual({
    kind: "passed",
    why: "unmatched_resource",
    topic: "messages",
  });
});

it("calls all copies of an event the same, and two events different", () => {
  const first = noticeOf(MESSAGE).dedupe;
  const again = { ...MESSAGE, attempts: 3, sent: "2026-10-08T14:00:00.000Z", user_id: "700000001", id: "x2" };
  expect(noticeOf(again).dedupe).toBe(first);
  expect(noticeOf({ ...again, resource: `/messages/${MESSAGE.resource}` }).dedupe).toBe(first);
  expect(noticeOf({ ...MESSAGE, actions: ["read"] }).dedupe).not.toBe(first);
  expect(noticeOf({ ...MESSAGE, received: "2026-10-08T13:44:32.985Z" }).dedupe).not.toBe(first);
});

const UUID = "3f6da1e3-5ac8-4f70-a24a-f7360d24c7bc";
it.each([
  ["questions", "/questions/13000000001", "13000000001"],
  ["messages", "3f6da1e35ac84f70a24af7360d24c7bc", "3f6da1e35ac84f70a24af7360d24c7bc"],
  ["messages", UUID, UUID],
  ["messages", `/messages/${UUID}`, UUID],
  ["post_purchase", "/post-purchase/v1/claims/5100000001", "5100000001"],
  ["post_purchase", "post-purchase/v1/claims/5100000001", "5100000001"],
  ["post_purchase", "/v1/claims/5100000001", "5100000001"],
  ["post_purchase", "/claims/5100000001", "5100000001"],
  ["post_purchase", "/post-purchase/v2/claims/5100000001/returns", "5100000001"],
  ["post_purchase", "/post-purchase/v1/claims/5100000001/messages?x=77", "5100000001"],
  ["claims", "/claims/5100000001", "5100000001"],
  ["claims", "/v1/claims/5100000001", "5100000001"],
  ["orders_v2", "/orders/2000000000000001", "2000000000000001"],
  ["orders_feedback", "/orders/2000000000000001/feedback", "2000000000000001"],
  ["orders feedback", "/orders/2000000000000001/feedback", "2000000000000001"],
  ["shipments", "/shipments/44000000001", "44000000001"],
  ["vis_leads", `/vis/leads/${UUID}`, UUID],
  ["vis_leads", "/vis_leads/77", "77"],
  ["items", "/items/MLA1000000001", "MLA1000000001"],
  ["items", "/items/CBT1000000001", "CBT1000000001"],
  ["leads-credits", `/vis/loan/${UUID}`, UUID],
  ["marketplace_questions", "/marketplace/questions/13000000001", "13000000001"],
  ["marketplace_messages", `/marketplace/messages/${UUID}`, UUID],
  ["marketplace_claims", "/marketplace/claims/5100000001", "5100000001"],
  ["marketplace_claims", "/marketplace/v2/claims/5100000001", "5100000001"],
  ["marketplace_orders", "/marketplace/orders/2000000000000001", "2000000000000001"],
  ["marketplace_orders_on_site", "/marketplace/orders/2000000000000001", "2000000000000001"],
  ["marketplace_shipments", "/marketplace/shipments/44000000001", "44000000001"],
  ["marketplace_items", "/marketplace/items/MLM1000000001", "MLM1000000001"],
])("finds the subject of %s in %s", (topic, resource, subject) => {
  expect(subjectOf(topic, resource)).toEqual({ kind: "known", subject });
});

it.each([
  ["questions", "/questions/1?x=2"],
  ["orders_v2", "/orders/1/feedback"],
  ["orders_v2", "/orders/search"],
  ["shipments", "/shipments/1/labels"],
  ["post_purchase", "/post-purchase/v1/returns/1"],
  ["post_purchase", "/post-purchase/v1/claims/search"],
  ["post_purchase", "/post-purchase/v1/claims/5100000001abc"],
  ["messages", "short"],
  ["items", "/items/MLA1/prices"],
])("follows nothing of %s in %s", (topic, resource) => {
  expect(subjectOf(topic, resource)).toEqual({ kind: "unmatched" });
});
