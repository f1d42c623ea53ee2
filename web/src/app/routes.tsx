/** Which page stands at which address. All but the first list are loaded when they are opened. */
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { useDispatch } from "react-redux";
import { Navigate, Route, Routes, useLocation } from "react-router";
import { api } from "../api/api";
import { Empty, LoadingRows } from "../components/States";
import { SignInPage } from "../features/auth/SignInPage";
import { GroupsPage } from "../features/groups/GroupsPage";
import { t } from "../i18n";
import { useSession } from "../lib/use-session";
import { Shell } from "./shell/Shell";

const GroupPage = lazy(() => import("../features/group/GroupPage"));
const MapPage = lazy(() => import("../features/map/MapPage"));

export function AppRoutes() {
  useForgetOnUserChange();
  return (
    <Routes>
      <Route path="/sign-in" element={<SignInPage />} />
      <Route element={<SignedIn />}>
        <Route index element={<Navigate to="/groups" replace />} />
        <Route path="/groups" element={<GroupsPage />} />
        <Route path="/groups/:groupId/:tab?" element={<Later page={<GroupPage />} />} />
        <Route path="/map" element={<Later page={<MapPage />} />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
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

function Later({ page }: { page: ReactNode }) {
  return <Suspense fallback={<LoadingRows />}>{page}</Suspense>;
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
