import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { takeLanguageFromAddress } from "./i18n/language-in-address.ts";
import { startI18n } from "./i18n/start-i18n.ts";
import { startEarly } from "./start-early.ts";
import { applyPalette } from "./theme/palette.ts";
import { currentScheme } from "./theme/use-scheme.ts";
import "./theme/base.css";
import "./shell/frame.css";
import "./shell/page.css";
import "./shell/check.css";

applyPalette(currentScheme());
takeLanguageFromAddress();
startI18n();
startEarly();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
