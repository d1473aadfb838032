import { describe, expect, it } from "vitest";
import { startSale } from "@/sandbox/messages/testing";
import { at } from "@/sandbox/testing";

describe("usage", () => {
  it("counts calls per family, kind and status, and per address without ids", async () => {
    const { api, access, read, send, seller, pack } = await startSale();
    await api.control("/usage/clear", {});
    await read();
    await read();
    await send("Va en camino");
    await api.get("/messages/0123456789abcdef0123456789abcdef?tag=post_sale", access);
    await api.get("/users/me", access);
    await api.get("/nowhere", access);
    const { body } = await api.control("/usage");
    expect(at(body, "total")).toBe(6);
    expect(at(body, "limiterRefused")).toBe(0);
    expect(at(body, "byFamily")).toEqual({
      messages: { read: { "200": 2, "400": 1 }, write: { "201": 1 } },
      users: { read: { "200": 1 }, write: {} },
      other: { read: { "404": 1 }, write: {} },
    });
    expect(at(body, "byRoute")).toMatchObject({
      "GET /messages/packs/{id}/sellers/{id}": { "200": 2 },
      "POST /messages/packs/{id}/sellers/{id}": { "201": 1 },
      "GET /messages/{id}": { "400": 1 },
    });
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${seller}|${pack}`));
  });

  it("tells the limiter's 429 from an injected one, and is cleared with the calls", async () => {
    const { api, read, change } = await startSale();
    await change({ readsPerMinute: 1 });
    await api.control("/usage/clear", {});
    await read();
    await read();
    await api.control("/faults", { path: "^/messages/", status: 429 });
    await read();
    const { body } = await api.control("/usage");
    expect(at(body, "limiterRefused")).toBe(1);
    expect(at(body, "limiterRefusedByFamily")).toEqual({ "messages read": 1 });
    expect(at(body, "byFamily", "messages", "read")).toEqual({ "200": 1, "429": 2 });
    await api.control("/calls/clear", {});
    expect(at((await api.control("/usage")).body, "total")).toBe(0);
  });
});
