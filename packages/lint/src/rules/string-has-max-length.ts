import type { Rule, Schema } from '../redocly.ts';

/** Every string that is not one of a list has a greatest length, which bounds memory, storage and checks. */
export const stringHasMaxLength: Rule = () => ({
  Schema(schema, context) {
    if (!isString(schema) || 'maxLength' in schema || 'enum' in schema || 'const' in schema) return;
    const message = `${context.key}: add maxLength, in code points. A string without it may be of any size.`;
    context.report({ message });
  },
});

function isString({ type }: Schema): boolean {
  return Array.isArray(type) ? type.includes('string') : type === 'string';
}
