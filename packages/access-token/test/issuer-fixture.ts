import { startIssuer, type TestIssuer } from '@contract-first/testing';
import { test as base } from 'vitest';

/** A test with an issuer of its own, which closes itself. */
export const test = base.extend<{ issuer: TestIssuer }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a pattern
  issuer: async ({}, use) => {
    const issuer = await startIssuer();
    await use(issuer);
    await issuer.close();
  },
});

/** A test that shares one issuer with the file. */
export const testWithSharedIssuer = base.extend<{ issuer: TestIssuer }>({
  issuer: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest wants a pattern
    async ({}, use) => {
      const issuer = await startIssuer();
      await use(issuer);
      await issuer.close();
    },
    { scope: 'file' },
  ],
});
