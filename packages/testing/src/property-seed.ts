import fc from 'fast-check';

/**
 * Loaded before each test file: all properties have one seed, so that a run says today what it said yesterday.
 * `npm run test:properties` gives others.
 */
const { PROPERTY_SEED = '20220101' } = process.env;

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(PROPERTY_SEED) });
