/**
 * How parameters are written and read (OAS 3.1 §4.8.12): one table for the generator, which refuses what it does not
 * have, for the client, which writes, and for the server, which reads. What one side writes the other one reads as the
 * same value; what cannot be carried is refused before it is sent.
 */
export { UnwritableError } from './faults.ts';
export type { ParameterNames } from './names.ts';
export { namesOf, sharedName } from './names.ts';
export { decodeValue } from './primitive.ts';
export type { ParameterReader, ParameterReading, QueryReading } from './request.ts';
export { parameterReader } from './request.ts';
export { defaultStyle, parameterStyles } from './style.ts';
export type { WriteParameter } from './write.ts';
export { parameterWriter } from './write.ts';
