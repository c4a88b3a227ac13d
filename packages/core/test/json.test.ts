import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonError, type JsonFault, parseJson, readJson, storedJson } from '../src/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function faultsOf(input: string | Uint8Array): readonly JsonFault[] {
  try {
    parseJson(typeof input === 'string' ? bytes(input) : input);
  } catch (error) {
    if (error instanceof JsonError) return error.faults;
    throw error;
  }
  return [];
}

describe('a strict JSON parser', () => {
  test('reads every JSON value as JSON.parse does', () => {
    const storable = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        storable,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          storable.filter((name) => name !== '__proto__'),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    }));
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, '\t'), (input, indent) => {
        const text = JSON.stringify(input, null, indent);
        expect(parseJson(bytes(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([
    ['invalid UTF-8', new Uint8Array([0x22, 0xc3, 0x28, 0x22]), [{ kind: 'encoding' }]],
    ['an encoded surrogate', new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), [{ kind: 'encoding' }]],
    ['a byte order mark', '\ufeff{}', [{ kind: 'syntax' }]],
    ['a truncated document', '{"a":', [{ kind: 'syntax' }]],
    ['nothing', '', [{ kind: 'syntax' }]],
    ['two documents', '{}{}', [{ kind: 'syntax' }]],
    ['a duplicate member', '{"a":{"b":1,"b":2}}', [{ kind: 'duplicate-member', pointer: '/a/b' }]],
    ['a duplicate member in disguise', String.raw`{"a":1,"\u0061":2}`, [{ kind: 'duplicate-member', pointer: '/a' }]],
    ['an integer that would change', '{"a":[1,1234567890123456789]}', [{ kind: 'inexact-number', pointer: '/a/1' }]],
    ['a number that would be infinite', '{"a":-1e999}', [{ kind: 'inexact-number', pointer: '/a' }]],
    ['a number that would become zero', '1e-999', [{ kind: 'inexact-number', pointer: '' }]],
    ['NUL', String.raw`{"a":["x\u0000"]}`, [{ kind: 'invalid-character', pointer: '/a/0' }]],
    ['a lone surrogate', String.raw`{"a":"\ud800"}`, [{ kind: 'invalid-character', pointer: '/a' }]],
    ['a member name with NUL', String.raw`{"a\u0000":1}`, [{ kind: 'invalid-character', pointer: '/a\0' }]],
    ['a slash and a tilde in a pointer', '{"/~":1,"/~":1}', [{ kind: 'duplicate-member', pointer: '/~1~0' }]],
  ])('refuses %s', (_name, input, faults) => {
    expect(faultsOf(input)).toEqual(faults);
  });

  test('tells every fault at once', () => {
    const faults = faultsOf(String.raw`{"a":1,"a":2,"b":{"c":"\ud800"},"d":"\u0000"}`);
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/a', '/b/c', '/d']);
  });

  test('the same name in different objects, and as a value, is no duplicate', () => {
    expect(faultsOf('{"a":{"a":"a"},"b":[{"a":1},{"a":2}],"c":"a"}')).toEqual([]);
  });

  test('H14 sixteen levels are read, seventeen are refused, a million do not overflow the stack', () => {
    expect(faultsOf('['.repeat(16) + ']'.repeat(16))).toEqual([]);
    expect(faultsOf(`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`)).toEqual([
      { kind: 'too-deep', pointer: '/a'.repeat(16) },
    ]);
    expect(faultsOf('['.repeat(1e6) + ']'.repeat(1e6))).toHaveLength(1);
  });

  test.each([
    ['in an object', '{"a":{"__proto__":{"admin":true},"b":1}}', ['/a/__proto__']],
    ['in a list', '[{"__proto__":1}]', ['/0/__proto__']],
    ['within another', '{"__proto__":{"__proto__":1}}', ['/__proto__', '/__proto__/__proto__']],
    ['written with escapes', String.raw`{"\u005f_proto__":1}`, ['/__proto__']],
  ])('G11 a member named __proto__ is refused %s', (_name, text, pointers) => {
    expect(faultsOf(text)).toEqual(pointers.map((pointer) => ({ kind: 'forbidden-member', pointer })));
    expect(JSON.stringify(readJson(bytes(text)).value)).not.toContain('proto');
  });

  test('G11 the value __proto__ is no member', () => {
    expect(faultsOf('["__proto__"]')).toEqual([]);
  });

  test('H15 what was stored before keeps a member named __proto__ a member', () => {
    const value = storedJson('{"__proto__":{"admin":true}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value as object)).toEqual(['__proto__']);
  });
});
