import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readMeOnce, signedIn } from "@/app/signed-in";
import { StatusScreen } from "@/components/status/status-screen";
import { readStatus } from "@/lib/server/inbox/read-status";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("status"))("title") };
}

export default async function StatusPage() {
  const session = await signedIn();
  const [me, status] = await Promise.all([readMeOnce(session), readStatus(session)]);
  return <StatusScreen me={me} status={status} now={new Date()} />;
}
