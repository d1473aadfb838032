import "server-only";

/** The push services that browsers use today. `*.` stands for any name below. */
const SERVICES = [
  // Chrome, Edge on Android, Opera, Brave, Samsung Internet
  "fcm.googleapis.com",
  // Chromium that was built without Google's keys, as Linux distributions do
  "jmt17.google.com",
  // Firefox
  "updates.push.services.mozilla.com",
  "*.push.services.mozilla.com",
  // Edge on Windows
  "*.notify.windows.com",
  // Safari; Apple asks to allow every name below this one
  "*.push.apple.com",
] as const;

/** May our server be made to POST there? A browser tells us the address, so a stranger's browser could tell any: only https
 *  on the services that browsers really use, on their own port, without credentials. Pure. */
export function isPushService(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (url.protocol !== "https:" || url.port !== "" || url.username !== "" || url.password !== "")
    return false;
  return SERVICES.some((service) =>
    service.startsWith("*.") ? url.hostname.endsWith(service.slice(1)) : url.hostname === service,
  );
}
