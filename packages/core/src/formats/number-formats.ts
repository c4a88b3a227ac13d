/** The number formats, by the name that a schema's `format` has. */
export { isDouble as double, isFloat as float, isInt32 as int32, isInt64 as int64 } from './numbers.ts';
