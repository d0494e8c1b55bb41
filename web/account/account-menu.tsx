import { ActionIcon, Menu } from '@mantine/core'
import { Link } from 'react-router'
import type { Account } from '../../src/accounts/contract.ts'
import { UserIcon } from '../ui/icons.tsx'
import { useLogout } from './session.ts'

export function AccountMenu({ me }: { me: Account }) {
  const logout = useLogout()
  return (
    <Menu position="bottom-end" width={240} trapFocus returnFocus>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Your account">
          <UserIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.displayName ?? me.email}</Menu.Label>
        <Menu.Item component={Link} to="/plan">
          Plan and usage
        </Menu.Item>
        <Menu.Item component={Link} to="/account">
          Account
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => logout.mutate()}>Log out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
