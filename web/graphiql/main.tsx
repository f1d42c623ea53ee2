/** The API explorer: GraphiQL with example operations and a way to sign in. */
import "./workers";
import "graphiql/style.css";
import "@tablebanking/common/tokens.css";
import "./style.css";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { EXAMPLES } from "./examples";
import { fetcher } from "./fetcher";
import { SignInBar } from "./SignInBar";

function Explorer() {
  return (
    <>
      <SignInBar />
      <div className="explorer">
        <GraphiQL fetcher={fetcher} defaultTabs={EXAMPLES} defaultEditorToolsVisibility="variables">
          {/* The bar above says where one is. */}
          <GraphiQL.Logo> </GraphiQL.Logo>
        </GraphiQL>
      </div>
    </>
  );
}

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(<Explorer />);
