import { z } from 'zod'
import { instantSchema } from '../core/contract.ts'

export const PASSWORD_MIN_CHARACTERS = 12
export const PASSWORD_MAX_CHARACTERS = 128

const emailSchema = z
  .string()
  .trim()
  .max(254, 'An address has at most 254 characters.')
  .pipe(z.email('Write the address like name@example.com.'))

/** Characters as people count them: one emoji is one. */
const characterCount = (text: string) => Array.from(text).length

export const newPasswordSchema = z
  .string()
  .max(PASSWORD_MAX_CHARACTERS * 4, `Use at most ${PASSWORD_MAX_CHARACTERS} characters.`)
  .refine(
    (text) => characterCount(text) >= PASSWORD_MIN_CHARACTERS,
    `Use at least ${PASSWORD_MIN_CHARACTERS} characters.`,
  )
  .refine(
    (text) => characterCount(text) <= PASSWORD_MAX_CHARACTERS,
    `Use at most ${PASSWORD_MAX_CHARACTERS} characters.`,
  )

const displayNameSchema = z
  .string()
  .trim()
  .min(1, 'Write a name, or leave it out.')
  .max(60, 'Use at most 60 characters.')
const presentPasswordSchema = z
  .string()
  .min(1, 'Write your password.')
  .max(1024, 'A password has at most 1,024 characters.')
const LINK_WORDS = 'This link is not complete: open it from the letter again.'
const SECOND_FACTOR_WORDS = 'Write the six digits that your app shows, or a recovery code.'
const tokenSchema = z.string().min(20, LINK_WORDS).max(200, LINK_WORDS)

export const registerRequestSchema = z
  .strictObject({
    email: emailSchema,
    password: newPasswordSchema,
    displayName: displayNameSchema.optional(),
    isSixteenOrOlder: z.literal(true, 'TrackSensei is for people of 16 or older: please confirm your age.'),
  })
  .meta({ id: 'RegisterRequest' })

export const loginRequestSchema = z
  .strictObject({
    email: emailSchema,
    password: presentPasswordSchema,
    code: z
      .string()
      .trim()
      .min(6, SECOND_FACTOR_WORDS)
      .max(60, SECOND_FACTOR_WORDS)
      .optional()
      .describe('six digits of an app or a recovery code, where the account has a second factor'),
  })
  .meta({ id: 'LoginRequest' })

/** The token of a letter's link. */
export const tokenRequestSchema = z.strictObject({ token: tokenSchema }).meta({ id: 'TokenRequest' })

export const verificationLetterRequestSchema = z
  .strictObject({ email: emailSchema.optional() })
  .meta({ id: 'VerificationLetterRequest' })

export const resetLetterRequestSchema = z
  .strictObject({ email: emailSchema })
  .meta({ id: 'PasswordResetLetterRequest' })

export const resetPasswordRequestSchema = z
  .strictObject({ token: tokenSchema, password: newPasswordSchema })
  .meta({ id: 'PasswordResetRequest' })

export const changeAccountRequestSchema = z
  .strictObject({ displayName: displayNameSchema.nullable() })
  .meta({ id: 'ChangeAccountRequest' })

export const changePasswordRequestSchema = z
  .strictObject({ password: presentPasswordSchema, newPassword: newPasswordSchema })
  .meta({ id: 'ChangePasswordRequest' })

export const changeEmailRequestSchema = z
  .strictObject({ password: presentPasswordSchema, email: emailSchema })
  .meta({ id: 'ChangeEmailRequest' })

/** For what must not happen by a stolen cookie alone. */
export const passwordAgainSchema = z
  .strictObject({ password: presentPasswordSchema })
  .meta({ id: 'PasswordAgain' })

export const confirmSecondFactorSchema = z
  .strictObject({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, 'Write the six digits that your app shows.'),
  })
  .meta({ id: 'ConfirmSecondFactor' })

export const newSecondFactorSchema = z
  .object({
    uri: z.string().describe('otpauth address, for a QR code'),
    secret: z.string().describe('the same in base 32, for typing'),
  })
  .meta({ id: 'NewSecondFactor' })

export const recoveryCodesSchema = z
  .object({ recoveryCodes: z.array(z.string()).describe('each opens once in place of the app') })
  .meta({ id: 'RecoveryCodes' })

export const secondFactorStateSchema = z
  .object({ isOn: z.boolean(), since: instantSchema.nullable(), recoveryCodesLeft: z.number().int() })
  .meta({ id: 'SecondFactorState' })

export const loginSessionListSchema = z
  .object({
    sessions: z.array(
      z.object({
        id: z.uuid(),
        device: z.string().describe('such as "Firefox on Windows"'),
        createdAt: instantSchema,
        lastSeenAt: instantSchema.describe('to within five minutes'),
        isThisOne: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'LoginSessionList' })

export const accountSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    displayName: z.string().nullable(),
    isVerified: z.boolean(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Account' })

/** What was done, in words; where an address is asked for, the same for known and unknown ones. */
export const letterSentSchema = z.object({ message: z.string() }).meta({ id: 'LetterSent' })

export type RegisterRequest = z.infer<typeof registerRequestSchema>
export type LoginRequest = z.infer<typeof loginRequestSchema>
export type NewSecondFactor = z.infer<typeof newSecondFactorSchema>
export type SecondFactorState = z.infer<typeof secondFactorStateSchema>
export type Account = z.infer<typeof accountSchema>
export type LoginSessionList = z.infer<typeof loginSessionListSchema>
