/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const SERVER = process.env.SERVER_URL ?? "http://localhost:8000";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    // graphiql/build.mjs writes dist/graphiql after this build has emptied dist.
    emptyOutDir: true,
    // The page"s CSP allows no inline script or data: script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      "/graphql": { target: SERVER, ws: true },
      "/graphiql": SERVER,
      "/api": SERVER,
      "/config.json": SERVER,
      "/field": SERVER,
    },
  },
  test: {
    environment: "happy-dom",
    include: ["{src,graphiql}/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
  },
});
