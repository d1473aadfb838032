import { textFile } from "@/e2e/fixtures/files";
import { expect, test } from "@/e2e/fixtures/test";
import { ThreadScreen } from "@/e2e/screens/thread";

/** What a seller reads when Mercado Libre refuses a reply, in each of its six body forms (messages.md 2.3, 7). */

interface Refusal {
  /** The form, and what it says. */
  name: string;
  status: number;
  body: unknown;
  /** What the reply says of it, with what to do where something can be done. */
  words: string | RegExp;
}

const REFUSALS: Refusal[] = [
  {
    name: "A, a block by its substatus",
    status: 403,
    body: { status_code: 403, code: "forbidden", message: "blocked_by_buyer" },
    words: "la conversación está bloqueada (El comprador bloqueó los mensajes)",
  },
  {
    name: "B, a block without its substatus",
    status: 403,
    body: {
      message: "blocked_conversation_send_message_forbidden",
      error: "forbidden",
      status: 403,
      cause: [],
    },
    words: "la conversación está bloqueada (Bloqueada por Mercado Libre)",
  },
  {
    name: "C, a block in the cause, misspelt",
    status: 403,
    body: {
      cause: "bloqued_by_mediation",
      error: "forbidden",
      message: "You can not send the message because a mediation is in process",
      status_code: 403,
    },
    words: "la conversación está bloqueada (Hay una mediación en curso)",
  },
  {
    name: "D, a text that is too long",
    status: 400,
    body: { status_code: 400, message: "The message content is too long, max characters allowed are 350" },
    words: /demasiado largo.*Acórtalo y envíalo otra vez/,
  },
  {
    name: "A, characters that are not taken",
    status: 400,
    body: {
      status_code: 400,
      code: "bad_request",
      message: "The text has character/s that is/are not supported.",
    },
    words: /no acepta alguno de estos caracteres.*Edítalo y envíalo otra vez/,
  },
  {
    name: "E, a permission that the application lacks",
    status: 403,
    body: {
      message: "At least one policy returned UNAUTHORIZED.",
      code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
      status: 403,
      blocked_by: "PolicyAgent",
    },
    words: /falta el permiso de comunicación pre y posventa. Actívalo/,
  },
  {
    name: "F, a block as plain text",
    status: 403,
    body: "blocked_by_refund",
    words: "la conversación está bloqueada (La compra se reembolsó)",
  },
  {
    name: "D, a 403 that names nothing",
    status: 403,
    body: { status_code: 403, message: "Receiver does not belong to order 2000" },
    words: /no permite escribir en esta conversación. Mírala en Mercado Libre/,
  },
  {
    name: "C, a buyer whose account is closed",
    status: 451,
    body: { cause: "Unavailable", error: "Unavailable", message: "Unavailable", status_code: 451 },
    words: "el comprador desactivó su cuenta: no hay a quién escribirle",
  },
];

test("says in words why a reply was refused, whatever form the refusal has, and keeps what was typed", async ({
  page,
  openShop,
  sandbox,
}) => {
  // A dozen replies, one after the other.
  test.slow();
  const seller = await openShop({ threads: [{ messages: [{ from: "buyer", text: "¿Cuándo llega?" }] }] });
  const packId = seller.threads[0]?.packId ?? "";
  const thread = new ThreadScreen(page);
  const refuse = ({ status, body, times = 1 }: { status: number; body: unknown; times?: number }) =>
    sandbox.fault({ method: "POST", path: `/messages/packs/${packId}/`, status, body, times });
  await thread.open(packId);
  await expect(thread.field).toBeEditable();

  for (const refusal of REFUSALS) {
    await test.step(refusal.name, async () => {
      const text = `Caso ${refusal.name}`;
      await refuse(refusal);
      await thread.field.fill(text);
      await thread.send.click();
      const mine = thread.mine(text);
      await expect(mine).toContainText("No se envió");
      await expect(mine).toContainText(refusal.words);
      await expect(mine).toContainText("El texto sigue guardado");
      await expect(mine.getByRole("button", { name: "Editar y enviar otra vez" })).toBeVisible();
      await expect(thread.field).toHaveValue("");
    });
  }

  await test.step("a file that Mercado Libre has no more, twice", async () => {
    await refuse({
      status: 422,
      times: 2,
      body: {
        status_code: 422,
        code: "unprocessable_entity",
        message: "Attachment key is invalid or not found",
      },
    });
    await thread.attach(textFile("garantía.txt", "12 meses"));
    await expect(thread.file("garantía.txt")).toContainText("8 B");
    await thread.field.fill("Va la garantía");
    await thread.send.click();
    const mine = thread.mine("Va la garantía");
    await expect(mine).toContainText("ya no tiene los archivos");
    await mine.getByRole("button", { name: "Editar y enviar otra vez" }).click();
    await expect(thread.field).toHaveValue("Va la garantía");
    await expect(thread.file("garantía.txt")).toBeVisible();
    await thread.send.click();
    await expect(mine).toContainText("Entregado");
  });

  await test.step("too many calls, as a proxy's one word", async () => {
    await refuse({ status: 429, body: "local_rate_limited" });
    await thread.field.fill("Con calma");
    await thread.send.click();
    const mine = thread.mine("Con calma");
    await expect(mine).toContainText(
      "Mercado Libre pide ir más despacio. Lo intentamos de nuevo en un momento",
    );
    await expect(mine).toContainText("Entregado");
  });

  // Nothing of what was refused has arrived, and everything of it is still to be read after a reload.
  expect(await sandbox.sent(packId)).toEqual(["Va la garantía", "Con calma"]);
  await page.reload();
  for (const { name, words } of REFUSALS) {
    await expect(thread.mine(`Caso ${name}`)).toContainText(words);
  }
});
