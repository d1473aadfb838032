// Buzón's service worker: notifications, and nothing else. It keeps no copies of pages and sees no requests.
// Which conversation a window shows is not known here: Client.url is the address that the window was loaded with. Whoever
// looks at a conversation is not told of it at all (docs/decisions/036); what arrives is always shown, as Safari demands.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const { title, body, lang, tag, url } = event.data.json();
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      lang,
      tag,
      renotify: true,
      icon: "/icons/icon-192.png",
      badge: "/icons/icon-192.png",
      data: { url },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(new URL(event.notification.data.url, self.location.origin)));
});

// Brings a window of ours to the front and leads it there; without one that can be led, opens one.
async function show(url) {
  if (url.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window" });
  // The one in use comes first.
  const [window] = windows.filter((one) => !new URL(one.url).pathname.startsWith("/api/"));
  try {
    if (window === undefined) throw new Error("no window");
    await window.focus();
    await window.navigate(url.href);
  } catch {
    await self.clients.openWindow(url.href);
  }
}

// The push service gave this browser a new address: our server learns it, with the key it uses now.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain()));

async function subscribeAgain() {
  const answer = await fetch("/api/push");
  if (!answer.ok) return;
  const { publicKey, endpoint } = await answer.json();
  if (publicKey === null || endpoint === null) return;
  const subscription = await self.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  await fetch("/api/push", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(subscription),
  });
}
