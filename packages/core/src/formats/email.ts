import { isHostname } from './hostname.ts';
import { isIpv4 } from './ipv4.ts';
import { isIpv6 } from './ipv6.ts';

const dotString = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const quotedString = /^"(?:[ !#-[\]-~]|\\[ -~])*"$/;
const ipv6Literal = /^\[IPv6:(.*)\]$/i;
const ipv4Literal = /^\[([\d.]*)\]$/;
const longest = 64 + 1 + 255;

/** `email`: Mailbox of RFC 5321 §4.1.2 in ASCII, quoted local parts and address literals included. */
export function isEmail(value: string): boolean {
  const at = value.lastIndexOf('@');
  const local = value.slice(0, Math.max(at, 0));
  if (value.length > longest || local.length > 64) return false;
  return (dotString.test(local) || quotedString.test(local)) && isMailDomain(value.slice(at + 1));
}

function isMailDomain(domain: string): boolean {
  const [, ipv6] = ipv6Literal.exec(domain) ?? [];
  if (ipv6 !== undefined) return isIpv6(ipv6);
  const [, ipv4] = ipv4Literal.exec(domain) ?? [];
  return ipv4 === undefined ? isHostname(domain) : isIpv4(ipv4);
}
