/** What the generated validators call. It is bundled into them. */
export { equal } from './equal.ts';
export { Evaluated } from './evaluated.ts';
export { duplicate } from './identities.ts';
export { hasAtLeast, hasAtMost } from './length.ts';
export { countMembers, has, isObject, own } from './members.ts';
export { isMultipleOf } from './multiple-of.ts';
export { passing } from './passing.ts';
export { token } from './report.ts';
export { collectMissing } from './required.ts';
export { rememberingValidator, validator } from './validator.ts';
