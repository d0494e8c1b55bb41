import { lazy } from 'react'
import { Navigate, Outlet, Route, Routes, useLocation } from 'react-router'
import { useMe } from './account/session.ts'
import { Page } from './ui/page.tsx'
import { ProblemNotice } from './ui/problem-notice.tsx'
import { Shell } from './ui/shell.tsx'
import { Waiting } from './ui/waiting.tsx'

const LandingPage = lazy(async () => ({ default: (await import('./account/landing-page.tsx')).LandingPage }))
const LoginPage = lazy(async () => ({ default: (await import('./account/login-page.tsx')).LoginPage }))
const RegisterPage = lazy(async () => ({
  default: (await import('./account/register-page.tsx')).RegisterPage,
}))
const CheckMailPage = lazy(async () => ({
  default: (await import('./account/check-mail-page.tsx')).CheckMailPage,
}))
const VerifyPage = lazy(async () => ({ default: (await import('./account/verify-page.tsx')).VerifyPage }))
const ForgotPasswordPage = lazy(async () => ({
  default: (await import('./account/forgot-password-page.tsx')).ForgotPasswordPage,
}))
const ResetPasswordPage = lazy(async () => ({
  default: (await import('./account/reset-password-page.tsx')).ResetPasswordPage,
}))
const ConfirmEmailPage = lazy(async () => ({
  default: (await import('./account/confirm-email-page.tsx')).ConfirmEmailPage,
}))
const FetchCopyPage = lazy(async () => ({
  default: (await import('./account/fetch-copy-page.tsx')).FetchCopyPage,
}))
const PolicyPage = lazy(async () => ({ default: (await import('./account/policy-page.tsx')).PolicyPage }))
const AccountPage = lazy(async () => ({ default: (await import('./account/account-page.tsx')).AccountPage }))
const TracksPage = lazy(async () => ({ default: (await import('./tracks/tracks-page.tsx')).TracksPage }))
const UploadPage = lazy(async () => ({ default: (await import('./upload/upload-page.tsx')).UploadPage }))
const AnalysisPage = lazy(async () => ({
  default: (await import('./report/analysis-page.tsx')).AnalysisPage,
}))
const SharedPage = lazy(async () => ({ default: (await import('./share/shared-page.tsx')).SharedPage }))
const PlanPage = lazy(async () => ({ default: (await import('./plan/plan-page.tsx')).PlanPage }))
const NotFoundPage = lazy(async () => ({ default: (await import('./ui/not-found-page.tsx')).NotFoundPage }))

/** Pages for those who are logged in; the way back is kept in the history entry, never in storage. */
function MembersOnly() {
  const me = useMe()
  const location = useLocation()
  if (me.isPending) return <Waiting />
  if (me.isError) {
    return (
      <Page title="Your pages are out of reach">
        <ProblemNotice error={me.error} onRetry={() => void me.refetch()} />
      </Page>
    )
  }
  if (me.data === null) return <Navigate to="/login" replace state={{ from: location.pathname }} />
  return <Outlet />
}

function Home() {
  const me = useMe()
  if (me.isPending) return <Waiting />
  return me.data === null || me.data === undefined ? <LandingPage /> : <Navigate to="/tracks" replace />
}

export function App() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<Home />} />
        <Route path="login" element={<LoginPage />} />
        <Route path="register" element={<RegisterPage />} />
        <Route path="check-mail" element={<CheckMailPage />} />
        <Route path="verify" element={<VerifyPage />} />
        <Route path="forgot-password" element={<ForgotPasswordPage />} />
        <Route path="reset-password" element={<ResetPasswordPage />} />
        <Route path="fetch-copy" element={<FetchCopyPage />} />
        <Route path="privacy" element={<PolicyPage />} />
        <Route path="privacy/:version" element={<PolicyPage />} />
        <Route path="shared" element={<SharedPage />} />
        <Route path="confirm-email" element={<ConfirmEmailPage />} />
        <Route element={<MembersOnly />}>
          <Route path="tracks" element={<TracksPage />} />
          <Route path="tracks/:id" element={<AnalysisPage />} />
          <Route path="upload" element={<UploadPage />} />
          <Route path="plan" element={<PlanPage />} />
          <Route path="account" element={<AccountPage />} />
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  )
}
