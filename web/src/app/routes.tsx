/** Which page stands at which address. All but the first list are loaded when they are opened. */
import { type ComponentType, Suspense, useEffect, useMemo } from "react";
import { useDispatch } from "react-redux";
import { Navigate, Route, Routes, useLocation } from "react-router";
import { api } from "../api/api";
import { Empty, LoadingRows } from "../components/States";
import { SignInPage } from "../features/auth/SignInPage";
import { t } from "../i18n";
import { useLanguage } from "../i18n/use-language";
import { later } from "../lib/later";
import { PlacesProvider } from "../lib/places";
import { useSession } from "../lib/use-session";
import { PageBoundary } from "./PageBoundary";
import { placesOf } from "./pages";
import { Shell } from "./shell/Shell";

const WelcomePage = later(() => import("../features/auth/WelcomePage"));
const OwnSignInsPage = later(() => import("../features/people/OwnSignInsPage"));

export function AppRoutes() {
  useForgetOnUserChange();
  const language = useLanguage();
  const { user } = useSession();
  const role = user?.role;
  const places = useMemo(() => (role ? placesOf(role) : []), [role]);
  const home = places[0]?.path ?? "/groups";
  const paths = useMemo(() => places.map(({ path }) => path), [places]);
  return (
    <PlacesProvider value={paths}>
      {/* Another language draws everything anew: words are plain values, not state. */}
      <Routes key={language}>
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/welcome" element={<Later page={WelcomePage} />} />
        <Route element={<SignedIn />}>
          <Route index element={<Navigate to={home} replace />} />
          {places.flatMap(({ pages }) =>
            Object.entries(pages).map(([path, Page]) => (
              <Route key={path} path={path} element={<Later page={Page} />} />
            )),
          )}
          <Route path="/account/sign-ins" element={<Later page={OwnSignInsPage} />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </PlacesProvider>
  );
}

/** Signed out: to the sign-in page, which keeps where the person wanted to go. */
function SignedIn() {
  const { user, ended } = useSession();
  const { pathname, search } = useLocation();
  if (user) return <Shell user={user} />;
  // After signing out by hand the next person should not land on the last one's page.
  const wanted = ended === "signedOut" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
  return <Navigate to={`/sign-in${wanted}`} replace />;
}

function Later({ page: Page }: { page: ComponentType }) {
  return (
    <PageBoundary key={useLocation().pathname.split("/")[1]}>
      <Suspense fallback={<LoadingRows />}>
        <Page />
      </Suspense>
    </PageBoundary>
  );
}

function NotFound() {
  return <Empty title={t("notFound.title")} hint={t("notFound.text")} />;
}

/** What one user has loaded must not be shown to the next. */
function useForgetOnUserChange() {
  const { user } = useSession();
  const dispatch = useDispatch();
  const userId = user?.id;
  // On the way out of the old user's session, before anything of the new one is asked for.
  useEffect(() => {
    if (!userId) return;
    return () => void dispatch(api.util.resetApiState());
  }, [dispatch, userId]);
}
