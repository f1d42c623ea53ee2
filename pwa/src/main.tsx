import "@tablebanking/common/tokens.css";
import "./app/global.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { applyTheme } from "./state/prefs";
import { startSession } from "./state/session";

applyTheme();
void startSession();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
