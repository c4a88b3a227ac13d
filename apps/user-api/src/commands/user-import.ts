import { type Line, readLines } from '@contract-first/service';
import type { UserStore } from '../storage/user-store.ts';
import { ImportQueue } from './import-queue.ts';
import { type LineFault, parseUserLine, type UserLine } from './user-line.ts';

/** A line that was not imported. */
export interface Reject {
  /** From 1. */
  readonly line: number;
  readonly errors: readonly LineFault[];
  /** The line itself; absent if it is too long to be kept. */
  readonly text?: string;
}

export interface UserImportOptions {
  /** Takes the lines that are not imported. */
  readonly onReject: (reject: Reject) => void;
  /** Told how many bytes of the input have been read and validated. */
  readonly onProgress: (bytes: number) => void;
}

/** What became of the lines that are not blank. */
export interface UserImportSummary {
  readonly added: number;
  /** Their ids were there already. */
  readonly present: number;
  readonly rejected: number;
}

const MAX_LINE_BYTES = 1_048_576;

/**
 * Imports the records of a file with one on each line. What is there already is left as it is, so that an import that
 * was interrupted can simply be repeated.
 *
 * @throws what the store throws; batches before it are imported
 */
export async function importUsers(
  input: AsyncIterable<Buffer>,
  users: Pick<UserStore, 'import'>,
  { onReject, onProgress }: UserImportOptions,
): Promise<UserImportSummary> {
  const queue = new ImportQueue(users);
  let bytes = 0;
  let rejected = 0;
  for await (const lines of readLines(input, MAX_LINE_BYTES)) {
    for (const line of lines) {
      const result = parse(line);
      if (result !== null && 'user' in result) queue.add(result.user);
      else if (result !== null) {
        onReject(rejectOf(line, result.faults));
        rejected += 1;
      }
      if (queue.isFull) await queue.room();
      bytes += (line.bytes?.length ?? MAX_LINE_BYTES) + 1;
    }
    onProgress(bytes);
  }
  return { ...(await queue.end()), rejected };
}

/** Returns null for a blank line. */
function parse({ bytes }: Line): UserLine | null {
  if (bytes === null) return { faults: [{ detail: `the line has more than ${MAX_LINE_BYTES} bytes` }] };
  return bytes.length < 3 && bytes.toString().trim() === '' ? null : parseUserLine(bytes);
}

function rejectOf({ number, bytes }: Line, errors: readonly LineFault[]): Reject {
  return { line: number, errors, ...(bytes !== null && { text: bytes.toString() }) };
}
