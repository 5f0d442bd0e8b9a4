import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const SERVICE = "http://127.0.0.1:4180";

export default defineConfig({
  base: "/",
  plugins: [react()],
  build: { target: "es2022", outDir: "dist", emptyOutDir: true },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: {
      "/v1": { target: SERVICE },
      "/auth": { target: SERVICE },
      // The console has a page for each; what it fetches of them is text.
      "/problems": {
        target: SERVICE,
        bypass: ({ headers, url }) => (headers.accept?.includes("text/html") ? url : undefined),
      },
    },
  },
});
