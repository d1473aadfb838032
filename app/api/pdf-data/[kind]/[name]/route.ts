import { route } from "@/lib/server/http/route";
import { pdfData } from "@/lib/server/inbox/pdf-data";
import { Done } from "@/lib/shared/api/common";
import { PdfDataParams } from "@/lib/shared/api/thread";

export const GET = route({ params: PdfDataParams, reply: Done }, ({ params }) =>
  pdfData(params.kind, params.name),
);
