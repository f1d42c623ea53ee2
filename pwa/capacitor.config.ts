/**
 * The Android package (docs/android.md): a shell around the app that the deployment serves. The
 * app, its service worker and its updates are those of the browser; the shell adds positions in
 * the background and the phone's own camera (src/platform/native.ts).
 */
const address = process.env.FIELD_URL;
if (!address?.startsWith("https://") || !address.endsWith("/field/")) {
  throw new Error("FIELD_URL must be the phone app's address: https://bank.example.org/field/");
}

export default {
  appId: process.env.ANDROID_APP_ID ?? "ke.tablebanking.field",
  appName: "Table Banking",
  // Shown only if the very first start has no signal; later the service worker has the app.
  webDir: "www",
  server: {
    url: address,
    errorPath: "index.html",
    androidScheme: "https",
    cleartext: false,
    // Links elsewhere open in the phone's browser, without the bridge.
    allowNavigation: [],
  },
  android: {
    allowMixedContent: false,
    webContentsDebuggingEnabled: false,
    // Without it Android stops positions after five minutes in the background.
    useLegacyBridge: true,
  },
  loggingBehavior: "none",
};
