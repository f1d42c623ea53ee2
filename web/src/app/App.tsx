import { MantineProvider } from "@mantine/core";
import { Provider } from "react-redux";
import { BrowserRouter } from "react-router";
import { ErrorBoundary } from "./ErrorBoundary";
import { AppRoutes } from "./routes";
import { store } from "./store";
import { cssVariablesResolver, theme } from "./theme";

export function App() {
  return (
    <Provider store={store}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
      >
        <ErrorBoundary>
          <BrowserRouter>
            <AppRoutes />
          </BrowserRouter>
        </ErrorBoundary>
      </MantineProvider>
    </Provider>
  );
}
