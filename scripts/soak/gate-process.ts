// A process that answers Mercado Libre's notifications, to be killed while it does:
//   node --conditions=react-server --import tsx scripts/soak/gate-process.ts <port>
import { POST } from "@/app/api/notifications/route";
import { openGate } from "./gate";

await openGate(POST, Number(process.argv[2]));
