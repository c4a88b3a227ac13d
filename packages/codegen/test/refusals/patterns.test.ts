import { changed } from '../fixture.ts';
import { refuses } from './refuses.ts';

const property = (schema: string) => changed('name: { type: string }', `name: ${schema}`);

refuses('patterns', [
  [
    'one that is no expression',
    property("{ type: string, pattern: '(' }"),
    '28:31  the pattern is not valid with the u flag (Invalid regular expression: /(/u: Unterminated group);',
  ],
  [
    'one that is not valid with the u flag',
    property("{ type: string, pattern: '\\-' }"),
    '28:31  the pattern is not valid with the u flag (Invalid regular expression: /\\-/u: Invalid escape);',
  ],
  [
    'one that takes exponential time',
    property("{ type: string, pattern: '^(a+)+$' }"),
    '28:31  the pattern takes exponential time, because a loop can take one text in two ways;',
  ],
  [
    'one that takes quadratic time',
    property("{ type: string, pattern: '^a*a*$' }"),
    '28:31  the pattern takes quadratic time, because two loops can take the same text;',
  ],
  [
    'a key of patternProperties',
    property("{ type: object, patternProperties: { '^(a|a)*$': true } }"),
    '28:52  the pattern takes exponential time, because a loop can take one text in two ways;',
  ],
]);
