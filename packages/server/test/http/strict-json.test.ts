import { expectRefusal, type ServiceResponse, summary } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { PROFILE_ID, startService, updateDocument } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

const service = await startService();
afterAll(() => service.close());

/** The longest body, in bytes. */
const LIMIT = 65_536;
const document = JSON.stringify(updateDocument({ displayName: 'Stored' }));

function send(body: string | Uint8Array): Promise<ServiceResponse> {
  return service.send({ method: 'PATCH', body });
}

describe('H12 invalid UTF-8', () => {
  const marker = '\u{1F600}';
  const [before = '', after = ''] = JSON.stringify(updateDocument({ displayName: marker })).split(marker);
  const withBytes = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]);

  test.each(['ff', 'c3', 'c328', 'a0', 'e28228', 'c0af', 'eda080', 'edb080', 'f5808080', 'f0288cbc', 'f8a1a1a1a1'])(
    'H12 the bytes %s are refused with 422',
    async (hex) => {
      const reply = await expectUnchanged(service, () => send(withBytes(Buffer.from(hex, 'hex'))));
      expectRefusal(reply, 422, 'malformed-document');
    },
  );

  test('H12 any bytes: what is not UTF-8 is refused, everything else that JSON allows is stored as it is', async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 8 }).map((values) => values.map((byte) => byte | 0x80));
    await fc.assert(
      fc.asyncProperty(bytes, async (raw) => {
        const text = Buffer.from(raw).toString('utf8');
        const isValid = Buffer.from(text).equals(Buffer.from(raw));
        const reply = await send(withBytes(raw));
        if (isValid) expect(reply.body.data.attributes['displayName']).toBe(text);
        else expectRefusal(reply, 422, 'malformed-document');
      }),
      { numRuns: 100 },
    );
  });

  test('H12 a byte order mark and other encodings are refused', async () => {
    const bodies = [
      `\u{FEFF}${document}`,
      Buffer.from(document, 'utf16le'),
      Buffer.from(`\u{FEFF}${document}`, 'utf16le'),
    ];
    for (const body of bodies) {
      const reply = await expectUnchanged(service, () => send(body));
      expectRefusal(reply, 422, 'malformed-document');
    }
  });
});

describe('H13 duplicate keys', () => {
  const attributes = (text: string): string => JSON.stringify(updateDocument('?')).replace('"?"', text);

  test.each([
    ['an attribute', attributes('{"displayName":"A","displayName":"B"}'), '/data/attributes/displayName'],
    ['one value twice', attributes('{"displayName":"A","displayName":"A"}'), '/data/attributes/displayName'],
    [
      'one written with an escape',
      attributes('{"displayName":"A","\\u0064isplayName":"B"}'),
      '/data/attributes/displayName',
    ],
    ['within place', attributes('{"place":{"region":"A","region":"B"}}'), '/data/attributes/place/region'],
    ['the attributes', document.replace('"attributes":', '"attributes":{},"attributes":'), '/data/attributes'],
    ['the id', document.replace('"id":', '"id":"x","id":'), '/data/id'],
    ['data', document.replace('"data":', '"data":null,"data":'), '/data'],
    ['an ignored member', document.replace('"data":', '"meta":{"a":1,"a":2},"data":'), '/meta/a'],
  ])('H13 %s: refused with 422 and a pointer', async (_name, body, pointer) => {
    const reply = await expectUnchanged(service, () => send(body));
    expectRefusal(reply, 422, 'malformed-document', { pointer });
  });

  test('H13, G11 __proto__ twice: refused as a duplicate and for its name', async () => {
    const reply = await expectUnchanged(service, () => send(attributes('{"__proto__":1,"__proto__":2}')));
    expect(reply.status).toBe(422);
    const pointer = '/data/attributes/__proto__';
    expect(summary(reply)).toEqual([`malformed-document ${pointer}`, `unknown-member ${pointer}`]);
  });

  test('H13 one key in two objects is no duplicate', async () => {
    const body = document.replace('"data":', '"meta":{"a":{"a":1}},"data":');
    expect((await send(body)).status).toBe(200);
  });
});

describe('G1 numbers', () => {
  const withNumber = (text: string): string => document.replace('"data":', `"meta":{"n":${text}},"data":`);

  test('G1 an integer that a double holds is taken, one that would change is refused with 422', async () => {
    expect((await send(withNumber('9007199254740992'))).status).toBe(200);
    const reply = await expectUnchanged(service, () => send(withNumber('1234567890123456789')));
    expectRefusal(reply, 422, 'invalid-value', { pointer: '/meta/n' });
  });
});

describe('H14 depth', () => {
  const nested = (levels: number): string =>
    document.replace('"data":', `"meta":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)},"data":`);

  test('H14 16 levels are taken, 17 are refused with 422', async () => {
    expect((await send(nested(16))).status).toBe(200);
    const reply = await expectUnchanged(service, () => send(nested(17)));
    expectRefusal(reply, 422, 'malformed-document', { pointer: `/meta${'/0'.repeat(15)}` });
  });

  test.each(['[', '{"a":', '[{"a":'])('H14 as many %j as the limit of the body allows', async (open) => {
    const close = [...open]
      .reverse()
      .map((character) => ({ '[': ']', '{': '}' })[character] ?? '')
      .join('');
    const count = Math.floor(60_000 / (open.length + close.length));
    const value = `${open.repeat(count)}${open.endsWith(':') ? '1' : ''}${close.repeat(count)}`;
    for (const body of [
      value,
      document.replace('"data":', `"meta":${value},"data":`),
      open.repeat(20_000).slice(0, LIMIT),
    ]) {
      const reply = await expectUnchanged(service, () => send(body));
      expect(reply.status).toBe(422);
      expect(summary(reply)[0]).toMatch(/^malformed-document /);
    }
  });
});

describe('H15 names that reach prototypes elsewhere', () => {
  const polluted = '{"polluted":true,"displayName":"Polluted","type":"Profile"}';
  const inAttributes = (text: string): string => JSON.stringify(updateDocument('?')).replace('"?"', text);

  function expectCleanPrototypes(): void {
    for (const value of [{}, [], () => undefined, '', 0]) expect(value).not.toHaveProperty('polluted');
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('displayName');
  }

  test.each([
    ['__proto__ in the attributes', inAttributes(`{"__proto__":${polluted}}`), '/data/attributes/__proto__'],
    ['__proto__ written with escapes', inAttributes(`{"\\u005f_proto__":${polluted}}`), '/data/attributes/__proto__'],
    ['constructor', inAttributes(`{"constructor":{"prototype":${polluted}}}`), '/data/attributes/constructor'],
    ['prototype', inAttributes(`{"prototype":${polluted}}`), '/data/attributes/prototype'],
    ['hasOwnProperty', inAttributes('{"hasOwnProperty":null}'), '/data/attributes/hasOwnProperty'],
    ['__proto__ in place', inAttributes(`{"place":{"__proto__":${polluted}}}`), '/data/attributes/place/__proto__'],
    ['toString in place', inAttributes('{"place":{"toString":"x"}}'), '/data/attributes/place/toString'],
  ])('H15 %s is an unknown member: 422, nothing stored', async (_name, body, pointer) => {
    const reply = await expectUnchanged(service, () => send(body));
    expectRefusal(reply, 422, 'unknown-member', { pointer });
    expectCleanPrototypes();
  });

  const outside = (name: string, member: string): string =>
    JSON.stringify(updateDocument({})).replace('"data":{', `"${name}":${member},"data":{"${name}":${member},`);

  test('H15 constructor outside of the attributes is ignored like every unknown member', async () => {
    const reply = await expectUnchanged(service, () => send(outside('constructor', `{"prototype":${polluted}}`)));
    expect(reply.status).toBe(200);
    expect(reply.text).not.toContain('olluted');
    expectCleanPrototypes();
  });

  test('G11 __proto__ is refused outside of the attributes too', async () => {
    const reply = await expectUnchanged(service, () => send(outside('__proto__', polluted)));
    expect(reply.status).toBe(422);
    expect(summary(reply)).toEqual(['unknown-member /__proto__', 'unknown-member /data/__proto__']);
    expectCleanPrototypes();
  });

  test('H15 required members are not found in a __proto__', async () => {
    const id = `"type":"Profile","id":"${PROFILE_ID}"`;
    for (const body of [`{"__proto__":{"data":{${id}}}}`, `{"data":{"__proto__":{${id}}}}`]) {
      const reply = await expectUnchanged(service, () => send(body));
      expect(reply.status).toBe(422);
      const codes = new Set(reply.body.errors.map(({ code }) => code));
      expect(codes).toEqual(new Set(['unknown-member', 'missing-member']));
    }
  });

  test('H15 the names of a prototype are unknown query parameters', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const reply = await service.send({ path: `/profiles/${PROFILE_ID}?${name}=1` });
      expectRefusal(reply, 422, 'unknown-parameter', { parameter: name });
    }
  });
});

describe('H16 NUL and lone surrogates', () => {
  const faults = [
    '\\u0000',
    '\\ud800',
    '\\udc00',
    '\\udfff',
    '\\udc00\\ud800',
    '\\ud83d',
    '\\ude00x',
    '\\ud83d\\ud83d\\ude00',
  ];
  const strings = ['displayName', 'motto', 'contact', 'timeZone', 'mood'];

  test.each(faults)('H16 %s in any attribute is refused with 422 and a pointer, nothing is stored', async (fault) => {
    for (const name of strings) {
      const body = JSON.stringify(updateDocument({ motto: 'Kept', [name]: 'a?' })).replace('?', fault);
      const reply = await expectUnchanged(service, () => send(body));
      expect(reply.status).toBe(422);
      expect(summary(reply)).toContain(`invalid-value /data/attributes/${name}`);
    }
  });

  test('H16 in every part of the place', async () => {
    for (const part of ['locality', 'street', 'houseNo', 'region', 'country']) {
      const body = JSON.stringify(updateDocument({ place: { [part]: '?' } })).replace('?', '\\u0000');
      const reply = await expectUnchanged(service, () => send(body));
      expect(summary(reply)).toContain(`invalid-value /data/attributes/place/${part}`);
    }
  });

  test.each(faults)(
    'H16, J14 %s in the name of a member is refused with 422 and a pointer to its parent',
    async (fault) => {
      const cases = [
        [document.replace('"displayName"', `"a${fault}b"`), '/data/attributes'],
        [JSON.stringify(updateDocument({ place: { '?': 1 } })).replace('?', fault), '/data/attributes/place'],
        [document.replace('"data":', `"meta":{"a":[{"${fault}":{"b":1}}]},"data":`), '/meta/a/0'],
        [document.replace('"data":', `"${fault}":1,"data":`), ''],
      ] as const;
      for (const [body, pointer] of cases) {
        const reply = await expectUnchanged(service, () => send(body));
        expectRefusal(reply, 422, 'invalid-value', { pointer });
        expect(reply.text).not.toMatch(/\\u/);
      }
    },
  );

  test('H16, D7 NUL in the name of a query parameter is refused without being said again', async () => {
    const reply = await service.send({ path: `/profiles/${PROFILE_ID}?a%00b=1` });
    expectRefusal(reply, 422, 'unknown-parameter');
    expect(reply.text).not.toContain('u0000');
  });

  test('H16 a NUL that is not escaped is no JSON', async () => {
    const reply = await expectUnchanged(service, () => send(document.replace('Stored', 'a\0b')));
    expectRefusal(reply, 422, 'malformed-document');
  });

  test('H16 pairs of surrogates and every other character are stored and returned unchanged', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((value) => !value.includes('\0'));
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (value, isEscaped) => {
        const json = JSON.stringify(updateDocument({ displayName: value }));
        const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
        const reply = await send(isEscaped ? json.replace(/[^\x20-\x7e]/g, escaped) : json);
        expect(reply.body.data.attributes['displayName']).toBe(value);
      }),
      { numRuns: 100 },
    );
  });
});
