import { describe, expect, it } from "vitest";
import { client } from "@/lib/server/mercadolibre/testing/edge";
import { readShipment } from "./shipments";

describe("readShipment", () => {
  it("sends the mandatory header and reads the new layout", async () => {
    const { meli, sent } = client([
      {
        body: {
          id: 44,
          status: "shipped",
          substatus: null,
          tracking_number: "AB1",
          tracking_method: "Express",
          logistic: { mode: "me2", type: "fulfillment", direction: "forward" },
          lead_time: {
            estimated_delivery_time: { date: "2026-10-10T00:00:00.000-03:00" },
            estimated_delivery_limit: { date: "2026-10-12T00:00:00.000-03:00" },
          },
          destination: { receiver_name: "Ana" },
          last_updated: "2026-10-08T00:00:00Z",
        },
      },
    ]);
    expect(await readShipment(meli, "44")).toEqual({
      id: "44",
      status: "shipped",
      substatus: null,
      trackingNumber: "AB1",
      trackingMethod: "Express",
      logisticType: "fulfillment",
      mode: "me2",
      estimatedAt: new Date("2026-10-10T03:00:00Z"),
      limitAt: new Date("2026-10-12T03:00:00Z"),
      receiverName: "Ana",
      updatedAt: new Date("2026-10-08"),
    });
    expect(sent[0]?.headers.get("x-format-new")).toBe("true");
  });

  it("reads the moments of the old layout, oldest first", async () => {
    const { meli } = client([
      {
        body: {
          id: 44,
          status: "delivered",
          logistic_type: "drop_off",
          mode: "me2",
          status_history: {
            date_delivered: "2026-10-09T00:00:00Z",
            date_shipped: "2026-10-07T00:00:00Z",
            date_cancelled: null,
          },
        },
      },
    ]);
    expect(await readShipment(meli, "44")).toMatchObject({
      logisticType: "drop_off",
      mode: "me2",
      history: [
        { status: "shipped", at: new Date("2026-10-07") },
        { status: "delivered", at: new Date("2026-10-09") },
      ],
    });
  });
});
