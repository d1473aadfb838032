import { readiness } from "@/lib/server/http/ready";

export { readiness as GET };
