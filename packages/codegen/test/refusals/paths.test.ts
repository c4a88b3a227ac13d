import { changed } from '../fixture.ts';
import { refuses } from './refuses.ts';

refuses('paths', [
  [
    'a hyphen in a name',
    changed('/things/{thingId}:', '/things/{thing-id}:').replace('name: thingId', 'name: thing-id'),
    '6:3  the path parameter thing-id is not made of letters, digits and _ alone;',
  ],
  [
    'text beside a parameter',
    changed('/things/{thingId}:', '/things/a{thingId}:'),
    '6:3  the segment a{thingId} mixes text and parameter;',
  ],
  [
    'a colon',
    changed('/things/{thingId}:', "'/things:batch/{thingId}':"),
    '6:3  the segment things:batch has characters that a router reads differently (such as : * %);',
  ],
  [
    'a star',
    changed('/things/{thingId}:', "'/*/{thingId}':"),
    '6:3  the segment * has characters that a router reads differently (such as : * %);',
  ],
  [
    'a slash at the end',
    changed('/things/{thingId}:', '/things/{thingId}/:'),
    '6:3  the path has an empty segment or ends with /;',
  ],
  [
    'a name twice',
    changed('/things/{thingId}:', '/{thingId}/{thingId}:'),
    '6:3  the path has the parameter thingId twice;',
  ],
  [
    'two templates that match the same',
    changed('components:', '  /things/{name}: {}\ncomponents:'),
    '21:3  the path /things/{name} is ambiguous with /things/{thingId};',
  ],
  [
    'a parameter that is not declared',
    changed('/things/{thingId}:', '/things/{thingId}/{other}:'),
    '9:5  the path parameter other is not declared;',
  ],
  [
    'a parameter that is not in the path',
    changed('/things/{thingId}:', '/things:').replace('/things/{thingId}', '/things'),
    '8:9  the path /things has no {thingId};',
  ],
]);
