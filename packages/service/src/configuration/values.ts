import { isIP } from 'node:net';

/*
 * How the text of a variable becomes a value. Each function returns undefined if it does not.
 */

/** A whole number in decimal digits. */
export function integerBetween(least: number, most: number): (text: string) => number | undefined {
  return (text) => {
    const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
}

/** One of a few words, in exactly this spelling. */
export function oneOf<const T extends string>(...words: readonly T[]): (text: string) => T | undefined {
  return (text) => words.find((word) => word === text);
}

/** Anything that has no blanks or control characters. */
export function word(text: string): string | undefined {
  return /^[\x21-\x7e]{1,512}$/.test(text) ? text : undefined;
}

/** An IP address or a host name (RFC 1123 §2.1). */
export function host(text: string): string | undefined {
  const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
  const isName = text.length <= 253 && new RegExp(`^${label}(?:\\.${label})*$`).test(text);
  return isName || isIP(text) !== 0 ? text : undefined;
}

export function path(text: string): string | undefined {
  return text.includes('\0') || text.trim() !== text ? undefined : text;
}

/**
 * An issuer: a URL with neither query nor fragment (OpenID Connect Discovery 1.0 §3), by https unless it is on this
 * machine. Tokens name it character by character, so that the text is kept as it is.
 */
export function issuer(text: string): string | undefined {
  const url = /^https?:\/\/[^\s?#]+$/.test(text) ? URL.parse(text) : null;
  if (url === null || url.username !== '' || url.password !== '') return undefined;
  return url.protocol === 'https:' || isLoopback(url.hostname) ? text : undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.[0-9]{1,3}){3}$/.test(hostname);
}

/** The address of a service: http or https, without credentials, query and fragment. */
export function serviceUrl(text: string): string | undefined {
  const url = /^https?:\/\/[^\s?#]+$/.test(text) ? URL.parse(text) : null;
  return url === null || url.username !== '' || url.password !== '' ? undefined : text;
}

/** `off`, or origins as browsers write them (RFC 6454 §6.1) with commas between them. */
export function originList(text: string): readonly string[] | undefined {
  if (text === 'off') return [];
  const list = text.split(',').map((entry) => entry.trim());
  const isOrigin = (entry: string): boolean => /^https?:/.test(entry) && URL.parse(entry)?.origin === entry;
  return list.every(isOrigin) ? list : undefined;
}

/** `off`, or addresses and ranges (RFC 4632 §3.1) with commas between them. */
export function addressList(text: string): readonly string[] | undefined {
  if (text === 'off') return [];
  const list = text.split(',').map((entry) => entry.trim());
  return list.every(isAddressOrRange) ? list : undefined;
}

function isAddressOrRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || integerBetween(0, family === 4 ? 32 : 128)(prefix) !== undefined;
}
