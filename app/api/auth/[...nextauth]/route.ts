import { handleAuth } from "@/lib/server/accounts/auth";

export { handleAuth as GET, handleAuth as POST };
