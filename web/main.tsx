import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { startTranslations } from "./locales/index.ts";
import { fitPaper } from "./print.ts";
import "./global.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

await startTranslations();
fitPaper();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
