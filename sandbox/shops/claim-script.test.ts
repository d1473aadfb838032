import { describe, expect, it } from "vitest";
import { stageClaim } from "./claim-script";

describe("a line of a claim", () => {
  it("names who wrote, to whom, when, what was moderated and what hangs on it", () => {
    const seed = stageClaim({
      who: "Ana Paz",
      opened: 10,
      says: ["b@9.5h Mire [foto.jpg][-perdida.png] || Look", "s>m{SPAM}@2h Hola"],
    });
    expect(seed).toMatchObject({
      openedHoursAgo: 10,
      messages: [
        {
          from: "buyer",
          hoursAgo: 9.5,
          text: "Mire",
          translated: "Look",
          attachments: [
            { name: "foto.jpg", type: "image/jpeg", gone: false },
            { name: "perdida.png", gone: true },
          ],
        },
        { from: "seller", to: "mediator", text: "Hola", moderation: { reason: "SPAM" } },
      ],
    });
    expect(() => stageClaim({ who: "Ana Paz", opened: 1, says: ["hola"] })).toThrow("not a line of a claim");
  });
});
