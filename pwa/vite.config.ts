import type { Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

const server = "http://127.0.0.1:8000";

/** Styles in the head hold up the first paint; after the splash they only hold up the app. */
const stylesAfterSplash: Plugin = {
  name: "styles-after-splash",
  transformIndexHtml: {
    order: "post",
    handler(html) {
      const links = html.match(/\s*<link rel="stylesheet"[^>]*>/g) ?? [];
      const head = links.reduce((text, link) => text.replace(link, ""), html);
      return head.replace("\n  </body>", `${links.join("")}\n  </body>`);
    },
  },
};

export default defineConfig({
  base: "/field/",
  define: { __APP_VERSION__: JSON.stringify(process.env.npm_package_version ?? "dev") },
  // React's API in a twelfth of its size (docs/phone.md); the types stay React's.
  resolve: {
    alias: [
      { find: "react/jsx-runtime", replacement: "preact/jsx-runtime" },
      { find: "react/jsx-dev-runtime", replacement: "preact/jsx-dev-runtime" },
      { find: "react-dom/client", replacement: "preact/compat/client" },
      { find: "react-dom/test-utils", replacement: "preact/test-utils" },
      { find: /^react(-dom)?$/, replacement: "preact/compat" },
      // For tests: the aliases do not reach into its CommonJS.
      {
        find: /^@testing-library\/react$/,
        replacement: "@testing-library/react/dist/@testing-library/react.esm.js",
      },
    ],
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [
    stylesAfterSplash,
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src",
      filename: "sw.ts",
      injectRegister: false,
      injectManifest: {
        globPatterns: ["**/*.{js,css,html,svg,png,webmanifest}"],
        globIgnores: ["screenshots/**"],
      },
      manifest: {
        id: "/field/",
        name: "Table Banking: field",
        short_name: "Table Banking",
        description: "Record savings at the table, with or without signal",
        lang: "en",
        start_url: "/field/",
        scope: "/field/",
        display: "standalone",
        orientation: "portrait",
        background_color: "#fbfaf7",
        theme_color: "#0b6b4a",
        categories: ["finance", "business"],
        // Held down on the phone's own screen. A manifest has one language: both words stand here.
        shortcuts: [
          { name: "Meeting · Mkutano", short_name: "Meeting", url: "/field/#/meeting" },
          { name: "Members · Wanachama", short_name: "Members", url: "/field/#/members" },
        ].map((shortcut) => ({
          ...shortcut,
          icons: [{ src: "icon-192.png", sizes: "192x192", type: "image/png" }],
        })),
        // Shown by the browser where it offers to install the app; not kept on the phone.
        screenshots: [
          ["screenshots/collect.png", "The collection at a meeting"],
          ["screenshots/loan.png", "What a loan costs, in plain words"],
        ].map(([src = "", label]) => ({
          src,
          label,
          sizes: "360x740",
          type: "image/png",
          form_factor: "narrow" as const,
        })),
        icons: [
          { src: "icon.svg", sizes: "any", type: "image/svg+xml" },
          { src: "icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "icon-512.png", sizes: "512x512", type: "image/png" },
          {
            src: "icon-maskable-512.png",
            sizes: "512x512",
            type: "image/png",
            purpose: "maskable",
          },
        ],
      },
    }),
  ],
  server: { proxy: { "/graphql": { target: server, ws: true } } },
  build: { target: "es2022", sourcemap: true },
  test: {
    setupFiles: ["./vitest.setup.ts"],
    testTimeout: 20_000,
    // So that the aliases hold in them too.
    server: { deps: { inline: ["zustand", /@testing-library.react/] } },
  },
});
