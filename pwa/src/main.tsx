import "@tablebanking/common/tokens.css";
import "./app/global.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { keepInputsControlled } from "./app/controlled-inputs";
import { startWords } from "./i18n";
import { applyTheme } from "./state/prefs";
import { startSession } from "./state/session";

keepInputsControlled();
applyTheme();
const root = document.getElementById("root");
const draw = () => root && createRoot(root).render(<App />);
// Until then the splash of index.html stands: one thing to draw, not three.
void Promise.allSettled([startWords(), startSession()]).then(draw);
