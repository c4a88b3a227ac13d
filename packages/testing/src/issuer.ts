import {
  constants,
  createHmac,
  generateKeyPair as generateKeyPairCallback,
  type KeyObject,
  randomUUID,
  sign as signBytes,
} from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

/**
 * An identity provider for tests: a real HTTP server with discovery and key set, and a pen that signs any token,
 * valid or hostile.
 */
export interface TestIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** The keys that tokens are signed with; both are published at the start. */
  readonly keys: { readonly rs256: SigningKey; readonly es256: SigningKey };
  /** What the key set answers with; write to it to rotate, drop or spoil keys. */
  published: readonly object[];
  /** Members that replace those of the discovery document. */
  metadata: Record<string, unknown>;
  /** How the two documents are answered. */
  readonly answers: { discovery: Answer; keySet: Answer };
  /** How often each was asked for; `other` counts every other path. */
  readonly requests: { discovery: number; keySet: number; other: number };
  /** A valid token, RS256 unless another key is given. A claim or parameter that is undefined is left out. */
  token(claims?: object, header?: object, key?: SigningKey): string;
  /** Signs what it is given: objects, or texts where the JSON itself is hostile. */
  sign(claims: object | string, header: object | string, key: KeyObject | string | null): string;
  /** Every token that was signed. */
  readonly issued: readonly string[];
  /** Holds every answer back until the returned function is called. */
  hold(): () => void;
  close(): Promise<void>;
}

/** `silent` never answers, `reset` drops the connection, `huge` sends 1 MiB, `redirect` points to the right document. */
export type Answer = 'normal' | 'unavailable' | 'redirect' | 'silent' | 'reset' | 'huge' | 'malformed';

export interface SigningKey {
  readonly algorithm: string;
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The public key as it stands in a key set. */
  readonly jwk: Readonly<Record<string, unknown>>;
}

export const TEST_USER = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';
export const TEST_AUDIENCE = 'user-api';

const generateKeyPair = promisify(generateKeyPairCallback);

/** @param algorithm a JWS algorithm name, for example `RS256` or `ES256` */
export async function makeSigningKey(algorithm: string, rsaBits = 2048): Promise<SigningKey> {
  const { publicKey, privateKey } = await keyPair(algorithm, rsaBits);
  const kid = randomUUID();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' };
  return { algorithm, kid, privateKey, publicKey, jwk };
}

function keyPair(algorithm: string, modulusLength: number): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  if (algorithm.startsWith('ES')) {
    return generateKeyPair('ec', { namedCurve: `P-${algorithm.slice(2).replace('512', '521')}` });
  }
  return algorithm.startsWith('Ed') ? generateKeyPair('ed25519') : generateKeyPair('rsa', { modulusLength });
}

/** @param key null for `none`, a string as the secret of an HMAC */
export function signToken(claims: object | string, header: object | string, key: KeyObject | string | null): string {
  const input = [header, claims]
    .map((part) => encode(typeof part === 'string' ? part : JSON.stringify(part)))
    .join('.');
  return `${input}.${signature(input, algorithmOf(header), key)}`;
}

function algorithmOf(header: object | string): string {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  return /"alg":"([^"]*)"/.exec(text)?.[1] ?? 'none';
}

function signature(input: string, algorithm: string, key: KeyObject | string | null): string {
  if (key === null) return '';
  const bits = /\d{3}$/.exec(algorithm)?.[0] ?? '256';
  if (typeof key === 'string') return createHmac(`sha${bits}`, key).update(input).digest('base64url');
  const digest = key.asymmetricKeyType === 'ed25519' ? null : `sha${bits}`;
  const padding = algorithm.startsWith('PS')
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {};
  return signBytes(digest, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363', ...padding }).toString('base64url');
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** Keys of closed providers. Two that run at the same time never share theirs; making an RSA key takes long. */
const idleKeys: TestIssuer['keys'][] = [];

async function makeKeys(): Promise<TestIssuer['keys']> {
  const [rs256, es256] = await Promise.all([makeSigningKey('RS256'), makeSigningKey('ES256')]);
  return { rs256, es256 };
}

/** Starts the provider on a free port of 127.0.0.1. */
export async function startIssuer(): Promise<TestIssuer> {
  const issuer = new RunningIssuer(idleKeys.pop() ?? (await makeKeys()));
  await issuer.listen();
  return issuer;
}

class RunningIssuer implements TestIssuer {
  readonly audience = TEST_AUDIENCE;
  readonly keys: TestIssuer['keys'];
  readonly answers: TestIssuer['answers'] = { discovery: 'normal', keySet: 'normal' };
  readonly requests = { discovery: 0, keySet: 0, other: 0 };
  readonly issued: string[] = [];
  published: readonly object[];
  metadata: Record<string, unknown> = {};
  issuer = '';
  readonly #server: Server;
  #gate: Promise<void> = Promise.resolve();

  constructor(keys: TestIssuer['keys']) {
    this.keys = keys;
    this.published = [keys.rs256.jwk, keys.es256.jwk];
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has an AddressInfo.
    this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  token(claims: object = {}, header: object = {}, key: SigningKey = this.keys.rs256): string {
    const now = Math.floor(Date.now() / 1000);
    const defaults = {
      iss: this.issuer,
      aud: this.audience,
      sub: TEST_USER,
      client_id: 'test-client',
      jti: randomUUID(),
      iat: now,
      exp: now + 300,
      scope: 'user:users:read user:users:write',
    };
    const parameters = { alg: key.algorithm, typ: 'at+jwt', kid: key.kid, ...header };
    return this.sign({ ...defaults, ...claims }, parameters, key.privateKey);
  }

  sign(claims: object | string, header: object | string, key: KeyObject | string | null): string {
    const token = signToken(claims, header, key);
    this.issued.push(token);
    return token;
  }

  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
    if (!idleKeys.includes(this.keys)) idleKeys.push(this.keys);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = documentName(request.url);
    this.requests[name] += 1;
    await this.#gate;
    if (name === 'other') return void response.writeHead(404).end();
    const document = name === 'discovery' ? this.#metadata() : { keys: this.published };
    send(response, this.answers[name], document, `${request.url}?redirected`);
  }

  #metadata(): object {
    return { issuer: this.issuer, jwks_uri: `${this.issuer}/keys`, ...this.metadata };
  }
}

function documentName(url = ''): keyof TestIssuer['requests'] {
  if (
    url.endsWith('/.well-known/openid-configuration') ||
    url.endsWith('/.well-known/openid-configuration?redirected')
  ) {
    return 'discovery';
  }
  return url.startsWith('/keys') ? 'keySet' : 'other';
}

function send(response: ServerResponse, answer: Answer, document: object, redirectTarget: string): void {
  const isRedirected = response.req.url?.endsWith('?redirected');
  if (answer === 'silent') return;
  if (answer === 'reset') response.destroy();
  else if (answer === 'unavailable') response.writeHead(503).end();
  else if (answer === 'redirect' && !isRedirected) response.writeHead(302, { location: redirectTarget }).end();
  else if (answer === 'malformed') response.writeHead(200).end('{"keys":');
  else {
    const padding = answer === 'huge' ? ' '.repeat(1024 * 1024) : '';
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document) + padding);
  }
}
