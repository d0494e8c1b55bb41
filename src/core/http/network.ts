import { isIPv6 } from 'node:net'
import { ipKeyGenerator } from 'express-rate-limit'

const NETWORK_PREFIX_BITS_V6 = 56
const ADDRESS_PREFIX_BITS_V6 = 64

/** IPv4 written as IPv6 is the same address. */
function plain(ip: string): string {
  return ip.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}

/** One subscriber: an IPv4 address, or a /64 of IPv6. */
export function addressKey(ip: string | undefined): string {
  const address = plain(ip ?? 'unknown')
  return isIPv6(address) ? ipKeyGenerator(address, ADDRESS_PREFIX_BITS_V6) : address
}

/** One neighbourhood, which one party may hold as a whole: a /24 of IPv4, or a /56 of IPv6. */
export function networkKey(ip: string | undefined): string {
  const address = plain(ip ?? 'unknown')
  if (isIPv6(address)) return ipKeyGenerator(address, NETWORK_PREFIX_BITS_V6)
  return address.replace(/\.\d+$/, '.0/24')
}
