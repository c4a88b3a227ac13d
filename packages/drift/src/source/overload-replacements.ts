import type { Replacement } from './replacement.ts';

const overloadReply = 'packages/server/src/overload.ts';
const overload = 'packages/service/src/limits/overload.ts';

/** What becomes of requests while there is too much to do. */
export const overloadReplacements: readonly Replacement[] = [
  {
    name: 'all-taken',
    kind: 'overload-taken',
    rule: 'R8',
    file: overloadReply,
    find: 'if (sharing.isPreflight(request) || !isOverloaded(request, response)) {',
    replace: 'if (!isOverloaded(request, response) || request.url) {',
    change: 'requests are taken even under overload',
  },
  {
    name: 'malformed',
    kind: 'overload-taken',
    rule: 'R8',
    file: overloadReply,
    find: 'faultOf(request) ?? overloaded',
    replace: 'overloaded',
    change: 'a message whose end is in doubt leaves its connection open under overload',
  },
  {
    name: 'retry-after',
    kind: 'header-missing',
    rule: 'R8',
    file: overloadReply,
    find: "{ headers: { 'retry-after': '1' } }",
    replace: '{ headers: {} }',
    change: 'refusals under overload do not say when to come back',
  },
  {
    name: 'place-kept',
    kind: 'overload-taken',
    rule: 'R8',
    file: overload,
    find: 'inFlight -= 1;',
    replace: 'inFlight -= 0;',
    change: 'a request that is done with keeps its place',
  },
  {
    name: 'queue',
    kind: 'overload-taken',
    rule: 'R8',
    file: overload,
    find: 'databaseQueue() >= maxDatabaseQueue',
    replace: 'databaseQueue() > maxDatabaseQueue',
    change: 'one statement more than the limit may wait for the database',
  },
  {
    name: 'shared',
    kind: 'header-missing',
    rule: 'H19',
    file: overloadReply,
    find: '...sharing.headersFor(request, headers)',
    replace: "'x-request-id': id",
    change: 'pages may not read refusals under overload',
  },
  {
    name: 'draining',
    kind: 'overload-taken',
    rule: 'R8',
    file: 'apps/user-api/src/app.ts',
    find: 'if (isDraining()) response.shouldKeepAlive = false;',
    replace: '',
    change: 'refusals under overload keep their connection while the service stops',
  },
];
