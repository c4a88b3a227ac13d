import { readFileSync } from 'node:fs';
import { root } from '../src/workspace.ts';

/** The text of openapi.yaml. */
export const documentText = readFileSync(`${root}openapi.yaml`, 'utf8');

/**
 * The document with one passage replaced.
 *
 * @param found a passage, or a pattern that takes in blanks and line ends
 * @throws {Error} if the document does not have the passage, since the test would then compare nothing
 */
export function edited(found: string | RegExp, replacement: string): string {
  const text = documentText.replace(found, () => replacement);
  if (text === documentText) throw new Error(`openapi.yaml does not have ${found}; adapt the test.`);
  return text;
}
