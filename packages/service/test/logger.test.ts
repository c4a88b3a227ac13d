import { PassThrough } from 'node:stream';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { createLogger, type LogLevel } from '../src/logging/logger.ts';

const USER = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';
const TOKEN = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from('{"sub":"x"}').toString('base64url')}.c2ln`;

function capture(level: LogLevel = 'trace') {
  let text = '';
  const sink = new PassThrough().on('data', (chunk) => {
    text += String(chunk);
  });
  const logger = createLogger(level, sink);
  return {
    logger,
    text: () => text,
    lines: (): readonly Record<string, unknown>[] =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

test('a line is a JSON object with the level as a word and the time by RFC 3339', () => {
  const { logger, lines } = capture();
  logger.info({ port: 3000 }, 'listening');
  expect(lines()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      pid: process.pid,
      hostname: expect.any(String),
      port: 3000,
      msg: 'listening',
    },
  ]);
});

test('lines below the level are not written', () => {
  const { logger, lines } = capture('warn');
  logger.info('told');
  logger.warn('told too');
  expect(lines()).toMatchObject([{ msg: 'told too' }]);
});

test('A25 a request is logged by its route, without user id, query, headers and body', async () => {
  const { logger, text, lines } = capture();
  const app = fastify({ loggerInstance: logger });
  app.patch('/users/:userId', { config: { operationId: 'UpdateUser' } }, () => ({ ok: true }));
  await app.inject({
    method: 'PATCH',
    url: `/users/${USER}?email=user@example.com`,
    headers: { authorization: `Bearer ${TOKEN}`, cookie: 'session=secret' },
    payload: { email: 'user@example.com' },
  });
  await app.close();
  expect(lines().map(({ req, res }) => req ?? res)).toEqual([
    { method: 'PATCH', route: '/users/:userId', operationId: 'UpdateUser' },
    { status: 200 },
  ]);
  expect(text()).not.toMatch(new RegExp(`${USER}|user@example|${TOKEN}|session|127\\.0\\.0\\.1`));
});

test('A25 a request to an unknown address is logged without the address', async () => {
  const { logger, text, lines } = capture();
  const app = fastify({ loggerInstance: logger });
  app.setNotFoundHandler((request, reply) => {
    request.log.info({ req: request }, 'unknown');
    reply.code(404).send();
  });
  await app.inject(`/people/${USER}`);
  await app.close();
  expect(lines()[0]).toMatchObject({ req: { method: 'GET', route: null } });
  expect(text()).not.toContain(USER);
});

test('A25 members that hold secrets or bodies are redacted, at the top and below', () => {
  const { logger, text } = capture();
  logger.info({ authorization: 'secret-1', headers: { authorization: 'secret-2', 'set-cookie': ['secret-3'] } }, 'a');
  logger.info(
    { request: { headers: { cookie: 'secret-4', authorization: 'secret-5' } }, body: { x: 'secret-6' } },
    'b',
  );
  logger.info({ data: { attributes: { firstName: 'secret-7' } }, options: { password: 'secret-8' } }, 'c');
  expect(text()).not.toContain('secret-');
  expect(text()).toContain('[redacted]');
});

test('A25 what looks like a token is taken out of the line, wherever it stands', () => {
  const { logger, text } = capture();
  logger.info({ detail: { deep: { deeper: [`Bearer abcdefghij`, TOKEN] } } }, `got\n${TOKEN}`);
  logger.error(new Error(`cannot use ${TOKEN}`));
  expect(text()).not.toContain(TOKEN);
  expect(text()).not.toContain('abcdefghij');
  expect(text()).toContain('got\\n[token]');
});

test('an error is logged with type, code, message, frames and causes', () => {
  const { logger, lines } = capture();
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  logger.error({ err: new AggregateError([new RangeError('inner')], 'outer', { cause }) }, 'failed');
  expect(lines()).toMatchObject([
    {
      msg: 'failed',
      err: {
        type: 'AggregateError',
        message: 'outer',
        stack: expect.arrayContaining([expect.stringContaining('logger.test.ts')]),
        cause: { message: 'refused', code: 'ECONNREFUSED' },
        errors: [{ type: 'RangeError', message: 'inner' }],
      },
    },
  ]);
});

test('A25 what an error quotes, and properties that are not known to be harmless, are not logged', () => {
  const { logger, text, lines } = capture();
  const unparsed = (() => {
    try {
      return JSON.parse('{"name": "John Smith", x');
    } catch (error) {
      return error;
    }
  })();
  const refused = Object.assign(new Error('invalid input syntax for type uuid: "John Smith"'), {
    severity: 'ERROR',
    detail: 'Failing row contains (John Smith)',
    params: ['John Smith'],
  });
  for (const error of [unparsed, refused]) {
    logger.error(error);
    logger.error({ err: error });
    logger.error({ err: new Error('outer', { cause: error }) }, 'failed');
  }
  expect(lines()).toHaveLength(6);
  expect(text()).not.toContain('John');
  expect(lines()[3]).toMatchObject({ msg: 'invalid input syntax for type uuid: "…"' });
});

test('what is thrown and is no Error is not logged itself', () => {
  const { logger, text } = capture();
  logger.error({ err: 'user@example.com' }, 'failed');
  logger.error({ err: { message: 'user@example.com' } });
  expect(text()).not.toContain('user@example.com');
});
