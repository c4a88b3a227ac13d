const form = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** `ipv4`: dotted decimal of RFC 2673 §3.2, without leading zeros, which some parsers read as octal. */
export function isIpv4(value: string): boolean {
  return form.test(value);
}
