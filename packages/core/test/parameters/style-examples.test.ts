import { type Parameter, type ParameterReading, parameterReader, parameterWriter } from '@contract-first/core';
import { describe, expect, test } from 'vitest';
import { colour, document, list, styled, text } from './parameter.ts';

/** What stands on the wire: a path segment, a query, a header or a Cookie header. */
function written(parameter: Parameter, value: unknown): string {
  const texts = parameterWriter(parameter)(value);
  return texts.join(parameter.in === 'cookie' ? '; ' : '&');
}

function read(parameter: Parameter, wire: string): ParameterReading | undefined {
  const reader = parameterReader({ path: '/colours/{color}', parameters: [parameter] });
  if (parameter.in === 'path') return reader.path(`/v1/colours/${wire}`)[0];
  if (parameter.in === 'query') return reader.query(wire).parameters[0];
  if (parameter.in === 'cookie') return reader.cookies(['Host', 'a', 'COOKIE', wire])[0];
  return reader.headers(['Host', 'a', 'COLOR', wire])[0];
}

const names = ['blue', 'black', 'brown'];
const rgb = { R: 100, G: 200, B: 150 };

const examples: readonly (readonly [Parameter, unknown, string])[] = [
  [styled('path', 'matrix', false, text), '', ';color'],
  [styled('path', 'matrix', false, text), 'blue', ';color=blue'],
  [styled('path', 'matrix', false, list), names, ';color=blue,black,brown'],
  [styled('path', 'matrix', false, colour), rgb, ';color=R,100,G,200,B,150'],
  [styled('path', 'matrix', true, text), '', ';color'],
  [styled('path', 'matrix', true, text), 'blue', ';color=blue'],
  [styled('path', 'matrix', true, list), names, ';color=blue;color=black;color=brown'],
  [styled('path', 'matrix', true, colour), rgb, ';R=100;G=200;B=150'],
  [styled('path', 'label', false, text), 'blue', '.blue'],
  [styled('path', 'label', false, list), names, '.blue,black,brown'],
  [styled('path', 'label', false, colour), rgb, '.R,100,G,200,B,150'],
  [styled('path', 'label', true, text), 'blue', '.blue'],
  [styled('path', 'label', true, list), names, '.blue.black.brown'],
  [styled('path', 'label', true, colour), rgb, '.R=100.G=200.B=150'],
  [styled('path', 'simple', false, text), 'blue', 'blue'],
  [styled('path', 'simple', false, list), names, 'blue,black,brown'],
  [styled('path', 'simple', false, colour), rgb, 'R,100,G,200,B,150'],
  [styled('path', 'simple', true, list), names, 'blue,black,brown'],
  [styled('path', 'simple', true, colour), rgb, 'R=100,G=200,B=150'],
  [styled('header', 'simple', false, text), '', ''],
  [styled('header', 'simple', false, text), 'blue', 'blue'],
  [styled('header', 'simple', false, list), names, 'blue,black,brown'],
  [styled('header', 'simple', false, colour), rgb, 'R,100,G,200,B,150'],
  [styled('header', 'simple', true, colour), rgb, 'R=100,G=200,B=150'],
  [styled('query', 'form', false, text), '', 'color='],
  [styled('query', 'form', false, text), 'blue', 'color=blue'],
  [styled('query', 'form', false, list), names, 'color=blue,black,brown'],
  [styled('query', 'form', false, colour), rgb, 'color=R,100,G,200,B,150'],
  [styled('query', 'form', true, text), 'blue', 'color=blue'],
  [styled('query', 'form', true, list), names, 'color=blue&color=black&color=brown'],
  [styled('query', 'form', true, colour), rgb, 'R=100&G=200&B=150'],
  [styled('query', 'spaceDelimited', false, list), names, 'color=blue%20black%20brown'],
  [styled('query', 'spaceDelimited', false, colour), rgb, 'color=R%20100%20G%20200%20B%20150'],
  [styled('query', 'pipeDelimited', false, list), names, 'color=blue%7Cblack%7Cbrown'],
  [styled('query', 'pipeDelimited', false, colour), rgb, 'color=R%7C100%7CG%7C200%7CB%7C150'],
  [styled('query', 'deepObject', true, colour), rgb, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
  [styled('cookie', 'form', false, text), 'blue', 'color=blue'],
  [styled('cookie', 'form', false, list), names, 'color=blue,black,brown'],
  [styled('cookie', 'form', false, colour), rgb, 'color=R,100,G,200,B,150'],
  [styled('cookie', 'form', true, list), names, 'color=blue; color=black; color=brown'],
  [styled('cookie', 'form', true, colour), rgb, 'R=100; G=200; B=150'],
  [document('query'), rgb, 'color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D'],
  [document('header'), { name: 'blåöμ' }, '{"name":"bl\\u00e5\\u00f6\\u03bc"}'],
];

/** What a style makes of characters that mean something to it. */
const escapes: readonly (readonly [Parameter, unknown, string])[] = [
  [styled('path', 'simple', false, text), 'Hello World!', 'Hello%20World%21'],
  [styled('path', 'simple', false, list), ['a', 'b,c'], 'a,b%2Cc'],
  [styled('path', 'label', true, list), ['1.5', 'b'], '.1%2E5.b'],
  [styled('path', 'label', false, list), ['1.5', 'b'], '.1.5,b'],
  [styled('path', 'matrix', true, list), ['a;b', 'c=d'], ';color=a%3Bb;color=c%3Dd'],
  [styled('query', 'form', false, list), ['a', 'b,c', 'd&e', 'f+g'], 'color=a,b%2Cc,d%26e,f%2Bg'],
  [styled('query', 'spaceDelimited', false, list), ['a b', 'c+d'], 'color=a%20b+c%2Bd'],
  [styled('query', 'pipeDelimited', false, list), ['a|b', 'c'], 'color=a%7Cb|c'],
  [styled('cookie', 'form', false, text), 'a; b="ü"', 'color=a%3B%20b%3D%22%C3%BC%22'],
  [
    styled('query', 'form', true, text, { allowReserved: true }),
    ":/?#[]@!$&'()*+,;=%41% é",
    "color=:/?%23[]@!$%26'()*%2B,;=%2541%25%20%C3%A9",
  ],
  [styled('query', 'form', false, list, { allowReserved: true }), ['a/b', 'c,d'], 'color=a/b,c%2Cd'],
  [styled('query', 'form', true, text, { name: 'filter[a.b]' }), 'ü', 'filter%5Ba.b%5D=%C3%BC'],
];

describe('G1 a value is written as the examples of OpenAPI 3.1 and RFC 6570 have it, and read back', () => {
  test.each([...examples, ...escapes])('%o %j is %s', (parameter, value, wire) => {
    expect(written(parameter, value)).toBe(wire);
    expect(read(parameter, wire)).toMatchObject({ given: true, value, fault: null });
  });
});

test.each<readonly [Parameter, string, unknown]>([
  [styled('query', 'form', true, text), 'color', ''],
  [styled('query', 'form', true, text), '&&color=a+b&', 'a b'],
  [styled('query', 'deepObject', true, colour), 'color[R]=1', { R: 1 }],
  [styled('query', 'pipeDelimited', false, list), 'color=a|b', ['a', 'b']],
  [styled('query', 'pipeDelimited', false, list), 'color=a%7cb%7Cc', ['a', 'b', 'c']],
  [styled('query', 'spaceDelimited', false, list), 'color=a+b', ['a', 'b']],
  [styled('path', 'matrix', false, text), ';color=', ''],
  [styled('header', 'simple', false, list), 'a, b\t,\u00a0c', ['a', 'b', '\u00a0c']],
  [styled('cookie', 'form', true, text), 'other=%ff; color=a; color2=b;', 'a'],
])('other spellings are read, too: %o of %s', (parameter, wire, value) => {
  expect(read(parameter, wire)).toMatchObject({ given: true, value, fault: null });
});

test('the lines of a header are one list, those that Node would drop too', () => {
  const parameter = styled('header', 'simple', false, list, { name: 'From' });
  const reader = parameterReader({ path: '/', parameters: [parameter] });
  expect(reader.headers(['from', 'a', 'FROM', 'b,c'])).toMatchObject([{ value: ['a', 'b', 'c'] }]);
});
