import { guideRefusal } from "@/sandbox/messages/refuse";
import type { Refusal } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** What the guide refuses, by the rows of messages.md 3.3: status, `error`, text of the page, and our Portuguese for it.
 *  `{}` stands for the pack, template or option meant. */
const ROWS = {
  excepted: [
    400,
    "bad_request",
    "This pack belongs to an excepted case, it is requested to use the messaging resource.",
    "Este pacote pertence a um caso de exceção, é necessário usar o recurso de mensagens.",
  ],
  text: [400, "limit_exceeded", "The text is invalid", "O texto é inválido"],
  template: [400, "bad_request", "The template {} is invalid", "O modelo {} é inválido"],
  past: [
    400,
    "bad_request",
    "The promise of delivery of the shipping contained in the pack is from a date before today",
    "A promessa de entrega do envio contido no pacote é de uma data anterior a hoje",
  ],
  spent: [
    403,
    "bad_request",
    "You are not allowed to execute the option {} again",
    "Você não pode executar a opção {} novamente",
  ],
  open: [
    403,
    "forbidden",
    "This package has the conversation blocked, please check blocked messages",
    "Este pacote tem a conversa bloqueada, consulte mensagens bloqueadas",
  ],
  blocked: [403, "forbidden", "The conversation is blocked", "A conversa está bloqueada"],
  foreign: [
    403,
    "forbidden",
    "You are not allowed to access the information of the pack {}",
    "Você não tem permissão para acessar as informações do pacote {}",
  ],
  unknown: [404, "not_found", "The option selected is not valid", "A opção selecionada não é válida"],
  locked: [
    409,
    "conflict",
    "There is another request locking this operation",
    "Há outra solicitação bloqueando esta operação",
  ],
  deactivated: [451, "Unavailable", "Unavailable", "Indisponível"],
  failed: [500, "internal_server_error", "Internal server error", "Erro interno do servidor"],
} as const satisfies Record<string, readonly [number, string, string, string]>;

/** A refusal of the action guide, in the language and the form that the settings choose (messages.md 3.3). */
export function guideRefuses(
  world: World,
  row: keyof typeof ROWS,
  o: { named?: string; cause?: string } = {},
): Refusal {
  const [status, code, english, portuguese] = ROWS[row];
  const text = world.settings.guideTexts === "pt" ? portuguese : english;
  const message = text.replace("{}", o.named ?? "");
  return guideRefusal(world, { status, code, message, ...(o.cause ? { cause: o.cause } : {}) });
}
