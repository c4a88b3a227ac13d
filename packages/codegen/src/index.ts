export { type CompiledDocument, compileContract, compileDocument } from './compile-contract.ts';
export type { Refusal } from './document/refusal.ts';
export { RefusedDocumentError } from './document/refusal.ts';
export { features } from './features.ts';
export type { GeneratedFiles } from './generate.ts';
export { generate } from './generate.ts';
