import { accountsPersonalData } from '../accounts/personal-data.ts'
import { analysesPersonalData } from '../analyses/personal-data.ts'
import { billingPersonalData } from '../billing/personal-data.ts'
import type { PersonalData } from '../core/personal-data.ts'
import { feedbackPersonalData } from '../feedback/personal-data.ts'
import { platformPersonalData } from '../platform/db/personal-data.ts'
import { referencesPersonalData } from '../references/personal-data.ts'
import { sharesPersonalData } from '../shares/personal-data.ts'
import { uploadsPersonalData } from '../uploads/personal-data.ts'
import { privacyPersonalData } from './own-personal-data.ts'

/** Every table and column there is: what it holds of a person, whether it is exported, and how it goes. */
export const allPersonalData: PersonalData = {
  ...accountsPersonalData,
  ...billingPersonalData,
  ...referencesPersonalData,
  ...uploadsPersonalData,
  ...analysesPersonalData,
  ...sharesPersonalData,
  ...feedbackPersonalData,
  ...privacyPersonalData,
  ...platformPersonalData,
}
