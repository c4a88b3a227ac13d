import { placeOf, type Violation } from '@contract-first/core';

/** One way in which a request or a reply departs from the contract. Holds no value of either. */
export interface Fault {
  /** The part at fault; `call` is the argument of the method itself. */
  readonly in: 'call' | 'path' | 'query' | 'header' | 'cookie' | 'body';
  /** The member, parameter or header; `''` for a body. */
  readonly name: string;
  /** JSON Pointer (RFC 6901) within the value: to what is wrong, or to the parent of what is missing. */
  readonly pointer: string;
  /** The schema keyword that refused the value, for example `required`, `maxLength` or `format`. */
  readonly keyword: string;
  /** What is demanded. */
  readonly message: string;
}

/** A fault of a parameter, header or member as a whole. */
export function fault(part: Fault['in'], name: string, keyword: string, message: string): Fault {
  return { in: part, name, pointer: '', keyword, message };
}

/**
 * @param name of the parameter or header; `''` for a body
 */
export function faultsFrom(part: Fault['in'], name: string, violations: readonly Violation[]): Fault[] {
  return violations.map((violation) => {
    const { keyword, message } = violation;
    return { in: part, name, pointer: placeOf(violation), keyword, message };
  });
}

const listed = 5;

/** The first faults, for a message. */
export function list(faults: readonly Fault[]): string {
  const shown = faults.slice(0, listed).map(({ in: part, name, pointer, message }) => {
    return `${[part, name, pointer].filter((word) => word !== '').join(' ')} ${message}`;
  });
  return faults.length > listed ? `${shown.join('; ')}; and ${faults.length - listed} more` : shown.join('; ');
}
