import { handleAuth } from "@/lib/server/accounts/auth";
import { httpsOnly } from "@/lib/server/http/https-only";

const answer = httpsOnly(handleAuth);

export { answer as GET, answer as POST };
