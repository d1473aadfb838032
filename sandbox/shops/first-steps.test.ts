import { describe, expect, it } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { sampleFile } from "@/sandbox/files/sample-file";
import type { Driver, Reply } from "@/sandbox/testing";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

const RETURNS = "/post-purchase/v1/returns";
const LOCAL_CLAIMS = "/post-purchase/v1/claims";

interface Account {
  name: string;
  sellerId: string;
  claims: string;
  unanswered: string;
  answered: string;
  returned: string;
}

const ACCOUNTS: Account[] = [
  {
    name: "LOCAL, Argentina",
    sellerId: "700000001",
    claims: LOCAL_CLAIMS,
    unanswered: "Micaela Duarte",
    answered: "Valentín Sosa",
    returned: "Leandro Cufré",
  },
  {
    name: "LOCAL, Brazil",
    sellerId: "700000002",
    claims: LOCAL_CLAIMS,
    unanswered: "Priscila Nogueira",
    answered: "Wesley Barcelos",
    returned: "Sílvia Rezende",
  },
  {
    name: "GLOBAL",
    sellerId: "700000003",
    claims: "/marketplace/v2/claims",
    unanswered: "Regina Salcedo",
    answered: "Vitória Magalhães",
    returned: "Daniela Urrutia",
  },
];

const photo = (name: string) => new File([sampleFile("image/jpeg", name)], name, { type: "image/jpeg" });

async function start({ sellerId, claims }: Account) {
  const api = drive(createSandbox({ scenario: "shops" }));
  const { access } = await api.connect(sellerId);
  const rows = listAt((await api.control(`/claims?sellerId=${sellerId}`)).body, "claims");
  const idOf = (who: string) =>
    textAt(
      rows.find((row) => at(row, "buyerName") === who),
      "id",
    );
  const post = (id: string, path: string, body: unknown = {}) =>
    api.post(`${claims}/${id}${path}`, access, body);
  return { api, access, idOf, post };
}

const held = async (api: Driver, id: string) => (await api.control(`/claims/${id}`)).body;
const keyOf = ({ body }: Reply) => textAt(body, "filename") || textAt(body, "file_name");

describe.each(ACCOUNTS)("what a new user does first, $name", (account) => {
  it("answers a claim with a photo", async () => {
    const { api, access, idOf, post } = await start(account);
    const id = idOf(account.unanswered);
    const file = keyOf(await api.upload(`${account.claims}/${id}/attachments`, access, photo("caja.jpg")));
    const sent = await post(id, "/actions/send-message", {
      receiver_role: "complainant",
      message: "Hola, lo vemos ya mismo",
      attachments: [file],
    });
    expect(sent.status).toBe(201);
    const claim = await held(api, id);
    expect(listAt(claim, "messages").at(-1)).toMatchObject({
      author: "seller",
      attachments: [{ originalFilename: "caja.jpg" }],
    });
    expect(at(claim, "replyDueAt")).toBeNull();
  });

  it("offers 30 % back", async () => {
    const { api, access, idOf, post } = await start(account);
    const id = idOf(account.unanswered);
    const offers = await api.get(`${account.claims}/${id}/partial-refund/available-offers`, access);
    expect(listAt(offers.body, "available_offers").map((one) => at(one, "percentage"))).toContain(30);
    expect((await post(id, "/expected-resolutions/partial-refund", { percentage: 30 })).status).toBe(200);
    expect(listAt(await held(api, id), "resolutions").at(-1)).toMatchObject({
      wish: "partial_refund",
      status: "pending",
    });
  });

  it("opens a mediation, writes to the mediator, and is answered", async () => {
    const { api, idOf, post } = await start(account);
    const id = idOf(account.answered);
    expect((await post(id, "/actions/open-dispute")).status).toBe(200);
    const text = { receiver_role: "mediator", message: "Adjunto lo que pedimos al comprador" };
    expect((await post(id, "/actions/send-message", text)).status).toBe(201);
    await api.control("/clock", { advanceMs: 60_000 });
    expect(textAt(listAt(await held(api, id), "messages").at(-1), "author")).toBe("mediator");
  });

  it("reviews a return as failed, with two photos", async () => {
    const { api, access, idOf } = await start(account);
    const id = idOf(account.returned);
    // claims.md 6.2: the GLOBAL shape has no id; the LOCAL one of the same claim has (1: the prefix is no boundary)
    const returnId = textAt((await api.get(`/post-purchase/v2/claims/${id}/returns`, access)).body, "id");
    const photos = [];
    for (const name of ["frente.jpg", "dorso.jpg"]) {
      photos.push(keyOf(await api.upload(`${LOCAL_CLAIMS}/${id}/returns/attachments`, access, photo(name))));
    }
    const failure = { reason: "SRF2", message: "Vino rajado", attachments: photos };
    const reviewed = await api.post(`${RETURNS}/${returnId}/return-review`, access, [failure]);
    expect(reviewed.status).toBe(200);
    expect(at(await held(api, id), "returnCase", "review")).toMatchObject({
      isOk: false,
      failures: [{ reason: "SRF2", attachments: photos }],
    });
  });
});
