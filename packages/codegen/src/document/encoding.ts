import { basename } from 'node:path';
import { RefusedDocumentError } from './refusal.ts';

/**
 * Decodes a document's bytes.
 *
 * @param path the document's file name, for messages
 * @throws {@link RefusedDocumentError} with the first place that is not UTF-8
 */
export function decodeSource(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const reason = 'the file is not UTF-8 here; save it as UTF-8';
    throw new RefusedDocumentError([{ file: basename(path), ...firstWrongPlace(bytes), reason }], { cause });
  }
}

/** Decodes one byte after the other, which is done once and only for a file that is refused. */
function firstWrongPlace(bytes: Uint8Array): { line: number; column: number } {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  try {
    for (const byte of bytes) text += decoder.decode(Uint8Array.of(byte), { stream: true });
  } catch {
    // That it comes here is why it was called; where, the text so far says.
  }
  const lines = text.split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** The text without a byte order mark, and with LF at the end of each line (YAML 1.2 §5.4). */
export function normalizedText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
}
