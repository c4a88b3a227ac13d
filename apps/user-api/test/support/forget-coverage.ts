import { rm } from 'node:fs/promises';

/** What an earlier run covered says nothing about this one. */
export async function setup(): Promise<void> {
  await rm(new URL('../../.reports/coverage/', import.meta.url), { recursive: true, force: true });
}
