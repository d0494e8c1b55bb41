import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely'

/** A jsonb column: what comes back is unknown until a contract has parsed it. */
type Json = ColumnType<unknown, string, string>

interface Settings {
  name: string
  value: string
}

interface Users {
  id: Generated<string>
  email: string
  display_name: string | null
  password_hash: string
  verified_at: Date | null
  sixteen_or_older_at: Date
  tier: Generated<'free' | 'pro' | 'studio'>
  stripe_customer_id: string | null
  created_at: Date
}

interface LoginSessions {
  id: Generated<string>
  user_id: string
  created_at: Date
  last_seen_at: Date
  expires_at: Date
  generation: Generated<number>
  generation_seen_at: Date | null
  device: Generated<string>
}

interface KnownDevices {
  user_id: string
  key_hmac: string
  last_login_at: Date
}

interface SecondFactors {
  user_id: string
  sealed_secret: Uint8Array
  created_at: Date
  confirmed_at: Date | null
  last_step: Generated<number>
}

interface RecoveryCodes {
  user_id: string
  code_hmac: string
  used_at: Date | null
}

interface EmailTokens {
  token_sha256: string
  user_id: string
  purpose: 'verify-email' | 'reset-password' | 'change-email' | 'fetch-export'
  new_email: string | null
  password_hash: string | null
  display_name: string | null
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

/** Every letter the service may write; there are no others. */
export type LetterKind =
  | 'verify-email'
  | 'already-registered'
  | 'reset-password'
  | 'password-changed'
  | 'confirm-new-email'
  | 'email-changed'
  | 'new-login'
  | 'session-misused'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'recovery-code-used'
  | 'account-deleted'
  | 'export-ready'
  | 'policy-changed'
  | 'payment-failed'
  | 'trial-ending'
  | 'plan-ended'

interface Letters {
  id: Generated<string>
  user_id: string | null
  kind: LetterKind
  address: string | null
  detail: string | null
  cause: string | null
  password_hash: string | null
  display_name: string | null
  created_at: Date
  sent_at: Date | null
}

interface Analyses {
  id: Generated<string>
  user_id: string
  state: 'queued' | 'running' | 'done' | 'failed'
  stage: string
  percent: Generated<number>
  audio_name: string | null
  set_name: string | null
  reference_id: string | null
  reference_name: string | null
  earlier_id: string | null
  version_number: Generated<number>
  intent: Json
  told_intent: ColumnType<unknown, string | null | undefined, string | null>
  is_demo: Generated<boolean>
  report: ColumnType<unknown, string | null, string | null>
  partial: ColumnType<unknown, string | null | undefined, string | null>
  correction: ColumnType<unknown, string | null | undefined, string | null>
  failure_code: string | null
  failure_detail: string | null
  created_at: Date
  finished_at: Date | null
  expires_at: Date
}

interface FindingVerdicts {
  analysis_id: string
  user_id: string
  rule: string
  verdict: 'agreed' | 'intended'
  severity: 'minor' | 'moderate' | 'severe'
  is_inherited: Generated<boolean>
  given_at: Date
}

interface ReportLinks {
  id: Generated<string>
  analysis_id: string
  user_id: string
  token_sha256: string
  shows_names: boolean
  created_at: Date
  expires_at: Date
}

interface ReferenceTracks {
  id: Generated<string>
  user_id: string
  name: string
  sha256: string
  profile: Json
  created_at: Date
  last_used_at: Date
  expires_at: Date
}

interface Uploads {
  id: Generated<string>
  analysis_id: string
  user_id: string
  role: 'audio' | 'set' | 'reference'
  storage_key: string
  container: string
  size_bytes: number
  sha256: string
  created_at: Date
  delete_after: Date
  deleted_at: Date | null
}

interface RawDeletions {
  storage_key: string
  due_at: Date
}

interface UsagePeriods {
  user_id: string
  unit: 'analysis' | 'message'
  period_start: Date
  period_end: Date
  cap: number
  used: Generated<number>
  reserved: Generated<number>
}

interface UsageUnits {
  id: string
  user_id: string
  unit: 'analysis' | 'message'
  period_start: Date
  state: 'reserved' | 'used' | 'refunded'
  reserved_at: Date
  settled_at: Date | null
}

interface MeterEvents {
  identifier: string
  user_id: string
  event_name: string
  happened_at: Date
  first_tried_at: Date | null
  sent_at: Date | null
  resends: Generated<number>
  given_up_at: Date | null
}

interface Subscriptions {
  user_id: string
  subscription_id: string | null
  tier: 'free' | 'pro' | 'studio' | null
  billing_interval: 'month' | 'year' | null
  status: Generated<string>
  period_start: Date | null
  period_end: Date | null
  anchored_at: Date | null
  cancel_at: Date | null
  trial_ends_at: Date | null
  past_due_since: Date | null
  is_disputed: Generated<boolean>
  next_tier: 'free' | 'pro' | 'studio' | null
  next_interval: 'month' | 'year' | null
  next_at: Date | null
  drawn_reading: Generated<number>
  applied_reading: Generated<number>
  read_at: Date | null
  read_due_at: Date | null
  checkout_busy_until: Date | null
}

interface UsageLedger {
  id: GeneratedAlways<number>
  user_id: string
  unit: 'analysis' | 'message'
  unit_id: string
  change: 'held' | 'counted' | 'given-back'
  reason: string | null
  period_start: Date
  happened_at: Date
}

interface RequestKeys {
  user_id: string
  key: string
  fingerprint: string
  result_id: string
  created_at: Date
}

interface StripeEvents {
  id: string
  type: string
  created_at: Date
  received_at: Date
}

interface Consents {
  id: GeneratedAlways<number>
  user_id: string
  subject: 'privacy-policy' | 'age-16' | 'language-model'
  is_given: boolean
  policy_version: string
  happened_at: Date
}

interface Exports {
  id: Generated<string>
  user_id: string
  state: Generated<'making' | 'ready' | 'stale' | 'fetched' | 'failed'>
  created_at: Date
  expires_at: Date
  fetched_at: Date | null
}

interface ExportParts {
  export_id: string
  number: number
  bytes: Uint8Array
}

interface RightsRequests {
  id: Generated<string>
  kind: 'export' | 'erase' | 'correct' | 'object'
  subject_hmac: string
  note: string
  received_at: Date
  due_at: Date
  done_at: Date | null
}

interface PolicyPublications {
  version: string
  published_at: Date
}

interface StripeCustomerDeletions {
  customer_id: string
  due_at: Date
}

interface Messages {
  id: Generated<string>
  analysis_id: string
  user_id: string
  parent_id: string | null
  role: 'user' | 'assistant'
  kind: Generated<'question' | 'review'>
  status: 'streaming' | 'complete' | 'stopped' | 'refused' | 'failed'
  text: string
  source: 'user' | 'claude' | 'offline-coach'
  error_code: string | null
  model: string | null
  prompt_version: string | null
  usage: JSONColumnType<object> | null
  upstream_request_id: string | null
  verdict: ColumnType<unknown, string | null | undefined, string | null>
  sent_sha256: ColumnType<string | null, string | null | undefined, string | null>
  told_text: ColumnType<string | null, string | null | undefined, never>
  stop_requested_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  created_at: Date
  touched_at: Date
  position: GeneratedAlways<number>
}

interface SentBlocks {
  analysis_id: string
  sha256: string
  user_id: string
  block: string
  first_sent_at: Date
}

interface ClaudeDays {
  user_id: string
  day: string
  tokens: number
}

interface ClaudeSpend {
  day: string
  micro_dollars: number
}

interface RateHits {
  key: string
  hits: number
  resets_at: Date
}

/** Every table of ours, as the migrations leave it; a test compares this list with information_schema. */
export interface Schema {
  settings: Settings
  users: Users
  login_sessions: LoginSessions
  known_devices: KnownDevices
  second_factors: SecondFactors
  recovery_codes: RecoveryCodes
  email_tokens: EmailTokens
  letters: Letters
  analyses: Analyses
  finding_verdicts: FindingVerdicts
  report_links: ReportLinks
  reference_tracks: ReferenceTracks
  uploads: Uploads
  raw_deletions: RawDeletions
  usage_periods: UsagePeriods
  usage_units: UsageUnits
  meter_events: MeterEvents
  subscriptions: Subscriptions
  usage_ledger: UsageLedger
  request_keys: RequestKeys
  stripe_events: StripeEvents
  consents: Consents
  exports: Exports
  export_parts: ExportParts
  rights_requests: RightsRequests
  policy_publications: PolicyPublications
  stripe_customer_deletions: StripeCustomerDeletions
  messages: Messages
  sent_blocks: SentBlocks
  claude_days: ClaudeDays
  claude_spend: ClaudeSpend
  rate_hits: RateHits
}
