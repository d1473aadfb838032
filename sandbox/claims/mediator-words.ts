import type { Language } from "@/sandbox/world/sites";

/** What a mediator answers, with the HTML that such texts may hold (claims.md 4.6). */
export const MEDIATOR_ANSWERS: Record<Language, { text: string; translated: string }[]> = {
  es: [
    {
      text: "<p>Hola, soy <b>Valeria</b>, del equipo de mediaciones de Mercado Libre.</p><p>Recibimos tu mensaje y vamos a revisar el caso. Si tenés fotos o comprobantes, <b>envialos por acá</b>.</p>",
      translated:
        "<p>Hello, I am <b>Valeria</b> from the Mercado Libre mediation team.</p><p>We received your message and will review the case. If you have photos or receipts, <b>send them here</b>.</p>",
    },
    {
      text: 'Gracias por la información.<br><br>Estamos esperando la respuesta de la otra parte. Más información en <a href="https://www.mercadolibre.com/ayuda">nuestra página de ayuda</a>.',
      translated:
        'Thank you for the information.<br><br>We are waiting for the other party. Read more on <a href="https://www.mercadolibre.com/ayuda">our help page</a>.',
    },
    {
      text: "<p>Analizamos lo que nos enviaste. Te pedimos:</p><ul><li>una foto del producto embalado</li><li>la factura de compra</li></ul><p>Tenés 2 días para responder.</p>",
      translated:
        "<p>We looked at what you sent. Please add:</p><ul><li>a photo of the packed product</li><li>the invoice</li></ul><p>You have 2 days to answer.</p>",
    },
  ],
  pt: [
    {
      text: "<p>Olá, sou a <b>Bianca</b>, da equipe de mediações do Mercado Livre.</p><p>Recebemos sua mensagem e vamos analisar o caso. Se tiver fotos ou comprovantes, <b>envie por aqui</b>.</p>",
      translated:
        "<p>Hello, I am <b>Bianca</b> from the Mercado Libre mediation team.</p><p>We received your message and will look into the case. If you have photos or receipts, <b>send them here</b>.</p>",
    },
    {
      text: 'Obrigada pelas informações.<br><br>Aguardamos a resposta da outra parte. Saiba mais em <a href="https://www.mercadolivre.com.br/ajuda">nossa página de ajuda</a>.',
      translated:
        'Thank you for the information.<br><br>We are waiting for the other party. Read more on <a href="https://www.mercadolivre.com.br/ajuda">our help page</a>.',
    },
    {
      text: "<p>Analisamos o que você enviou. Precisamos ainda de:</p><ul><li>uma foto do produto embalado</li><li>a nota fiscal</li></ul><p>Você tem 2 dias para responder.</p>",
      translated:
        "<p>We looked at what you sent. We still need:</p><ul><li>a photo of the packed product</li><li>the invoice</li></ul><p>You have 2 days to answer.</p>",
    },
  ],
  en: [
    {
      text: "<p>Hello, we received your message and will review the case.</p>",
      translated: "<p>Hello, we received your message and will review the case.</p>",
    },
  ],
};
