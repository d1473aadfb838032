/** What is written in a PDF or a text file of this name: an invoice, a warranty, a guide or plain instructions. */
export function documentLines(name: string): string[] {
  const plain = name.toLowerCase();
  const found = DOCUMENTS.find(([pattern]) => pattern.test(plain));
  return found ? [...found[1], "", `Archivo: ${name}`] : [name, "", "Documento adjunto a la conversación."];
}

const DOCUMENTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^factura/,
    [
      "CASA NORTE - Giordano Carla",
      "IVA Responsable Inscripto",
      "",
      "Cliente: Consumidor final",
      "Condición de venta: contado",
      "",
      "1 unidad según detalle de la compra",
      "IVA 21 % incluido",
      "",
      "Comprobante de prueba, sin valor fiscal.",
    ],
  ],
  [
    /^nota-fiscal/,
    [
      "LOJA BOA VISTA - DANFE simplificado",
      "Natureza da operação: venda de mercadoria",
      "Destinatário: consumidor final",
      "",
      "1 unidade conforme pedido",
      "ICMS recolhido por substituição tributária",
      "",
      "Documento de teste, sem valor fiscal.",
    ],
  ],
  [
    /garantia/,
    [
      "Termo de garantia",
      "",
      "Prazo: 12 meses a contar da entrega.",
      "Cobre defeitos de fabricação. Não cobre mau uso, quedas ou umidade.",
      "Para acionar, responda por esta conversa com foto do defeito.",
    ],
  ],
  [
    /montaje|manual|paso/,
    [
      "1. Revise que estén todas las piezas antes de empezar.",
      "2. Marque los agujeros con la plantilla y use mecha de 6 mm.",
      "3. Fije el soporte, luego encastre el equipo hasta oír un clic.",
      "4. Conecte la alimentación bajo techo y encienda.",
      "5. Si algo no encaja, escriba por esta conversación.",
    ],
  ],
  [
    /medidas/,
    ["Soporte: 85 x 85 mm", "Distancia entre tornillos: 60 mm", "Mecha: 6 mm", "Altura recomendada: 2,40 m"],
  ],
  [
    /cuidados|lavagem/,
    [
      "Lavar con agua fría, programa delicado. / Lavar com água fria, ciclo delicado.",
      "No usar lavandina ni secadora. / Não usar alvejante nem secadora.",
      "Secar a la sombra. / Secar à sombra.",
    ],
  ],
  [/lista/, ["Estante x5", "Parante x4", "Tornillo M6 x40", "Tuerca M6 x40", "Regatón x4"]],
  [/guia|comprobante/, ["Envío a domicilio", "Peso: 0,8 kg", "Estado: despachado", "Bultos: 1"]],
];
