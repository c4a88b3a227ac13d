import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '@contract-first/release';
import type { WriterPlan } from './record-plan.ts';
import { numberedAttributes, valuesOf } from './sequence-values.ts';

/** Makes the schema and the records of the writers, each with the values of change 0. */
export function importRecords(databaseUrl: string, plans: readonly WriterPlan[]): Promise<void> {
  return importUsers(databaseUrl, [...new Set(plans.map(({ record }) => record.id))]);
}

/** Makes the schema and records with these ids, each with the values of change 0. */
export async function importUsers(databaseUrl: string, ids: readonly string[]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'user-api-records-'));
  try {
    const file = join(directory, 'records.ndjson');
    writeFileSync(file, ids.map(line).join(''));
    const args = ['--conditions=source', 'apps/user-api/src/main.ts', 'users', 'import', file];
    const { PATH, HOME } = process.env;
    await promisify(execFile)(process.execPath, args, { cwd: root, env: { PATH, HOME, DATABASE_URL: databaseUrl } });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function line(id: string): string {
  return `${JSON.stringify({ type: 'User', id, attributes: valuesOf(numberedAttributes, 0) })}\n`;
}
