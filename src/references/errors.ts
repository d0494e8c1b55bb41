import { AppError } from '../core/errors.ts'

export const referenceErrors = {
  unknown: () =>
    new AppError(
      'invalid',
      'references/unknown',
      'This reference is not kept any more. Choose another one, or upload it again.',
      { fields: { referenceId: 'no such reference' } },
    ),
  badName: () =>
    new AppError('invalid', 'references/bad-name', 'Give the reference a name that can be seen.', {
      fields: { name: 'nothing of it can be seen' },
    }),
}
