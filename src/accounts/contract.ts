import { z } from 'zod'
import { instantSchema } from '../core/contract.ts'

export const PASSWORD_MIN_CHARACTERS = 12
export const PASSWORD_MAX_CHARACTERS = 128

const emailSchema = z.string().trim().max(254).pipe(z.email('Write the address like name@example.com.'))

export const registerRequestSchema = z
  .strictObject({
    email: emailSchema,
    password: z
      .string()
      .min(PASSWORD_MIN_CHARACTERS, `Use at least ${PASSWORD_MIN_CHARACTERS} characters.`)
      .max(PASSWORD_MAX_CHARACTERS, `Use at most ${PASSWORD_MAX_CHARACTERS} characters.`),
    displayName: z.string().trim().min(1).max(60).optional(),
    isSixteenOrOlder: z.literal(true, 'TrackSensei is for people of 16 or older: please confirm your age.'),
  })
  .meta({ id: 'RegisterRequest' })

export const loginRequestSchema = z
  .strictObject({ email: emailSchema, password: z.string().min(1, 'Write your password.').max(1024) })
  .meta({ id: 'LoginRequest' })

export const verifyEmailRequestSchema = z
  .strictObject({ token: z.string().min(20).max(200) })
  .meta({ id: 'VerifyEmailRequest' })

export const accountSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    displayName: z.string().nullable(),
    isVerified: z.boolean(),
    tier: z.enum(['free', 'pro', 'studio']),
    createdAt: instantSchema,
  })
  .meta({ id: 'Account' })

/** Answer to registering and to asking for a new letter: the same for known and unknown addresses. */
export const letterSentSchema = z.object({ message: z.string() }).meta({ id: 'LetterSent' })

export type RegisterRequest = z.infer<typeof registerRequestSchema>
export type LoginRequest = z.infer<typeof loginRequestSchema>
export type Account = z.infer<typeof accountSchema>
