import "@mantine/core/styles.css";
import "./app/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadConfig } from "./api/config";
import { App } from "./app/App";
import { reloadAfterDeployment } from "./app/reload-after-deployment";
import { startWords } from "./i18n";

reloadAfterDeployment();
void loadConfig();
await startWords();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
