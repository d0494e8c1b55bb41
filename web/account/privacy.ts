import { useMutation } from '@tanstack/react-query'
import { meKey, queryClient } from '../api/query-client.ts'
import { send } from '../api/request.ts'

/** Deletes the account and forgets everything this tab has read of it. */
export function useDeleteAccount() {
  return useMutation({
    mutationFn: (password: string) => send('POST', '/api/me/deletion', { body: { password } }),
    onSuccess: () => {
      queryClient.clear()
      queryClient.setQueryData(meKey, null)
    },
  })
}
