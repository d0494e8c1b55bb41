import { VisuallyHidden } from '@mantine/core'
import { formatSigned } from '../ui/format.ts'

interface DifferenceCellProps {
  value: number | null | undefined
  decimals?: number
  isNotable?: boolean
}

/** A signed difference in a table; what stands out is marked by a sign and a word, not by colour alone. */
export function DifferenceCell({ value, decimals = 1, isNotable = false }: DifferenceCellProps) {
  return (
    <td data-notable={isNotable}>
      {value === null || value === undefined ? '–' : formatSigned(value, decimals)}
      {isNotable && <span aria-hidden="true"> !</span>}
      {isNotable && <VisuallyHidden component="span"> (stands out)</VisuallyHidden>}
    </td>
  )
}
