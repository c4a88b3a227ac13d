/** TypeScript 5.9, which this package brings: TypeScript 7 has no compiler API for JavaScript. */
export { default as ts } from 'typescript';
