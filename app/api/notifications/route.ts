import { receiveNotice } from "@/lib/server/intake/receive-notice";

export const POST = receiveNotice;
