import { generateKeyPair as generateKeyPairCallback, type KeyObject } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { isJsonObject, type JsonObject } from '../json-object.ts';

/** The private signing keys of the development provider, as a JSON Web Key Set. */
export interface DevelopmentKeys {
  readonly keys: readonly JsonObject[];
}

const generateKeyPair = promisify(generateKeyPairCallback);

/**
 * Reads the keys, or makes them on first use, so that tokens outlive the process.
 *
 * @throws Error that names the file if it holds something else
 */
export async function loadDevelopmentKeys(file: string): Promise<DevelopmentKeys> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? makeKeys(file) : readKeys(file, text);
}

function readKeys(file: string, text: string): DevelopmentKeys {
  try {
    const value: unknown = JSON.parse(text);
    const keys: unknown = isJsonObject(value) ? value['keys'] : undefined;
    if (Array.isArray(keys) && keys.length > 0 && keys.every(isJsonObject)) return { keys };
  } catch {
    // Told below: what matters is the file, not what the parser quotes of a private key.
  }
  throw new Error(
    `${file} does not hold the signing keys of the development provider; delete it to have new ones made`,
  );
}

async function makeKeys(file: string): Promise<DevelopmentKeys> {
  const [rsa, ec] = await Promise.all([
    generateKeyPair('rsa', { modulusLength: 2048 }),
    generateKeyPair('ec', { namedCurve: 'P-256' }),
  ]);
  const keys = { keys: [signingKey(rsa.privateKey, 'RS256'), signingKey(ec.privateKey, 'ES256')] };
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // A process that dies while it writes must not leave half a file under the name.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(keys), { mode: 0o600, flag: 'wx' });
  await rename(draft, file);
  return keys;
}

function signingKey(key: KeyObject, alg: string): JsonObject {
  return { ...key.export({ format: 'jwk' }), alg, use: 'sig' };
}
