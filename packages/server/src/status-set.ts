/**
 * The statuses that the server itself may answer beyond those of the operation: faults of the HTTP message, overload
 * and outages (rule D8). Any other status must be in the contract.
 */
export const serverStatuses: ReadonlySet<number> = new Set([400, 405, 408, 412, 413, 414, 417, 429, 431, 503]);

/** The status of an unexpected failure: 501 where the contract declares that and not 500. */
export function internalErrorStatus(responses: Readonly<Record<string, unknown>>): number {
  return '501' in responses && !('500' in responses) ? 501 : 500;
}
