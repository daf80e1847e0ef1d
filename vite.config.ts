import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: "web",
  base: "/",
  plugins: [react()],
  // The page must run under a policy that allows scripts from its own origin only: nothing inlined.
  build: { outDir: "../dist/web", emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
  server: { proxy: { "/api/v1": "http://127.0.0.1:8080", "/sign-in": "http://127.0.0.1:8080" } },
});
