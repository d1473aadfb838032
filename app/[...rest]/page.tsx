import { notFound } from "next/navigation";
import { signedIn } from "@/app/signed-in";

/** Any other address: without a live session it leads to the sign-in page, with one it does not exist. */
export default async function UnknownPage() {
  await signedIn();
  notFound();
}
