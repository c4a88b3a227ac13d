/**
 * The string formats that server, client and tests share, by the name that a schema's `format` has. The namespace has
 * no prototype, so that `formats[name]` finds nothing that is not here.
 */
export { isBirthDate as 'birth-date' } from './birth-date.ts';
export { isByte as byte } from './byte.ts';
export { isCountryCode as 'country-code' } from './country-code.ts';
export { isDate as date } from './date.ts';
export { isDateTime as 'date-time' } from './date-time.ts';
export { isEmail as email } from './email.ts';
export { isHostname as hostname } from './hostname.ts';
export { isHttpsUrl as 'https-url' } from './https-url.ts';
export { isIpv4 as ipv4 } from './ipv4.ts';
export { isIpv6 as ipv6 } from './ipv6.ts';
export { isLanguageTag as 'language-tag' } from './language-tag.ts';
export { isPassword as password } from './password.ts';
export { isTime as time } from './time.ts';
export { isTimeZone as 'time-zone' } from './time-zone.ts';
export { isUri as uri } from './uri.ts';
export { isUriReference as 'uri-reference' } from './uri-reference.ts';
export { isUtcDateTime as 'utc-date-time' } from './utc-date-time.ts';
export { isUuid as uuid } from './uuid.ts';
