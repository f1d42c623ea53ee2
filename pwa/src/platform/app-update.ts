/** The service worker's life, seen from the page. A new version waits until the officer says so. */
type Listener = (apply: () => void) => void;

export async function registerServiceWorker(onUpdate: Listener): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  const registration = await navigator.serviceWorker.register(`${import.meta.env.BASE_URL}sw.js`, {
    scope: import.meta.env.BASE_URL,
  });
  const offer = (worker: ServiceWorker | null) => {
    // Without a controller this is the first installation: there is nothing to replace.
    if (worker && navigator.serviceWorker.controller) onUpdate(() => apply(worker));
  };
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed") offer(worker);
    });
  });
}

/** Only now, at the officer's word, does the page reload. */
function apply(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
    once: true,
  });
  worker.postMessage({ type: "SKIP_WAITING" });
}
