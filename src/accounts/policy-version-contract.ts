/** The version of the privacy policy that holds now: what people agree to when they register. */
export const CURRENT_POLICY_VERSION = '2026-11-27'
