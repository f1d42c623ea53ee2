const KEY = "tablebanking.reloaded";
const PAUSE_MS = 60_000;

/**
 * A new version takes the old one's files away, so a tab that was open before cannot load the pages
 * it has not visited. It is loaded anew, at most once a minute: a broken server must not make it spin.
 */
export function reloadAfterDeployment(): void {
  window.addEventListener("vite:preloadError", (event) => {
    // Without signal the browser's own page would take this one's place (PageBoundary says so).
    if (!navigator.onLine) return;
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < PAUSE_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
