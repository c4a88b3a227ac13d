import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { checkProbe, type ProbeEnvironment, probes, sendProbe } from '@contract-first/conformance';
import { startIssuer } from '@contract-first/testing';
import { contract } from '@user-api/contract';
import { document } from '@user-api/contract/document';
import { afterAll, describe, expect, test } from 'vitest';
import { startService } from '../support/service.ts';

// The names of the tests come from the contract, which needs tokens: the service is there before they are collected.
const [service, foreign] = await Promise.all([startService(), startIssuer()]);
const agent = new Agent({ keepAlive: true });

afterAll(async () => {
  agent.destroy();
  await Promise.all([service.close(), foreign.close()]);
});

const otherUser = randomUUID();

const environment: ProbeEnvironment = {
  tokens: {
    valid: (scopes) => service.token({ scope: scopes.join(' ') }),
    otherUser: (scopes) => service.token({ sub: otherUser, scope: scopes.join(' ') }),
    foreignIssuer: () => foreign.token(),
  },
  bodyLimit: 65_536,
  // Read-only: only the value that the record has is taken.
  fixed: { UpdateUser: ['/data/attributes/createdAt'] },
};

describe('probes made from the contract', () => {
  const { origin } = new URL(service.url);
  for (const probe of probes(contract, document, environment)) {
    test(probe.name, async () => {
      const response = await sendProbe(origin, probe, agent);
      expect(checkProbe(probe, response)).toEqual([]);
    });
  }
});
