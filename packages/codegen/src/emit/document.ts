import { header } from './header.ts';

/** The text of `document.gen.ts`: the whole document as a constant. */
export function documentFile(document: string, value: unknown): string {
  return `${header(document)}
/** The document that the contract was compiled from. */
export const document = ${JSON.stringify(value, null, 2)} as const;
`;
}
