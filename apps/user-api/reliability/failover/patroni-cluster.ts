import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, type Identity, unprivilegedIdentity } from '@contract-first/testing';
import { type Daemon, startDaemon } from '../harness/daemon.ts';
import type { PatroniTimes } from './patroni-configuration.ts';
import { createPatroniNode, type PatroniNode } from './patroni-node.ts';
import type { PatroniPrograms } from './patroni-programs.ts';

/** Two PostgreSQL servers of which Patroni makes one the leader. The other one has every acknowledged change. */
export interface PatroniCluster extends AsyncDisposable {
  /** `postgres://…` of its superuser, with both hosts. */
  readonly url: string;
  /** Resolves once one node leads, another one than `former`, whether or not it has a standby yet. */
  leaderOtherThan(former: PatroniNode | null): Promise<PatroniNode>;
  /** Resolves once the other node is a synchronous standby of the leader, and returns that. */
  complete(): Promise<PatroniNode>;
  /** Orders the leader to hand over to the other node. */
  switchOver(leader: PatroniNode): Promise<void>;
  /** The end of what the nodes wrote. */
  log(): string;
}

const POLL_MILLISECONDS = 200;

/** Makes a cluster in a temporary directory and starts it; it takes a while until it is complete. */
export async function startPatroniCluster(programs: PatroniPrograms, times: PatroniTimes): Promise<PatroniCluster> {
  const identity = unprivilegedIdentity();
  const directory = mkdtempSync(join(tmpdir(), 'user-api-patroni-'));
  if (identity !== null) chownSync(directory, identity.uid, identity.gid);
  const [etcdPort = 0, etcdPeerPort = 0, ...ports] = await freePorts(6);
  const password = randomBytes(16).toString('hex');
  const nodes = ['one', 'two'].map((name, index) =>
    createPatroniNode({
      ...{ name, patroni: programs.patroni, binaries: programs.postgres, directory: join(directory, name) },
      ports: { postgres: ports[index] ?? 0, rest: ports[index + 2] ?? 0, etcd: etcdPort },
      ...{ identity, password, times },
    }),
  );
  const etcd = startEtcd({ etcd: programs.etcd, directory, identity, port: etcdPort, peerPort: etcdPeerPort });
  for (const node of nodes) node.start();
  return openCluster({ nodes, etcd, directory, password });
}

interface Parts {
  readonly nodes: readonly PatroniNode[];
  readonly etcd: Daemon;
  readonly directory: string;
  readonly password: string;
}

function openCluster({ nodes, etcd, directory, password }: Parts): PatroniCluster {
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
  let isRemoved = false;

  async function until<T>(find: (members: readonly Member[]) => T | undefined): Promise<T> {
    while (!isRemoved) {
      const found = find(await membersOf(nodes));
      if (found !== undefined) return found;
      await wait(POLL_MILLISECONDS);
    }
    throw new Error('the cluster was removed');
  }
  const nodeOf = (member: Member | undefined): PatroniNode | undefined =>
    nodes.find(({ name }) => name === member?.name);
  return {
    url: `postgres://postgres:${password}@${hosts}/postgres`,
    leaderOtherThan: (former) =>
      until((members) => nodeOf(members.find((member) => isLeader(member) && member.name !== former?.name))),
    complete: () =>
      until((members) => (members.some(isSynchronousStandby) ? nodeOf(members.find(isLeader)) : undefined)),
    async switchOver(leader) {
      const candidate = nodes.find((node) => node !== leader);
      const body = JSON.stringify({ leader: leader.name, candidate: candidate?.name });
      const response = await fetch(`${leader.rest}/switchover`, { method: 'POST', body });
      const answer = await response.text();
      if (!response.ok) throw new Error(`Patroni refuses to switch over: ${response.status} ${answer}`);
    },
    log: () => [...nodes.map((node) => `${node.name}:\n${node.log()}`), `etcd:\n${etcd.log()}`].join('\n'),
    async [Symbol.asyncDispose]() {
      isRemoved = true;
      await Promise.all([...nodes.map((node) => node.kill()), etcd.kill()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** As Patroni's REST API tells it (`GET /cluster`). */
interface Member {
  readonly name: string;
  readonly role: string;
  readonly state: string;
}

/** @returns none while no node answers */
async function membersOf(nodes: readonly PatroniNode[]): Promise<readonly Member[]> {
  for (const { rest } of nodes) {
    const signal = AbortSignal.timeout(2_000);
    const answer = await fetch(`${rest}/cluster`, { signal }).then(
      (response) => response.json(),
      () => null,
    );
    // The shape is Patroni's own; a member that is missing makes that nothing is found.
    const { members = [] } = (answer ?? {}) as { readonly members?: readonly Member[] };
    if (members.length > 0) return members;
  }
  return [];
}

/** Versions of Patroni differ in how they call a standby that follows. */
const upStates: readonly string[] = ['running', 'streaming'];

function isLeader({ role, state }: Member): boolean {
  return role === 'leader' && upStates.includes(state);
}

function isSynchronousStandby({ role, state }: Member): boolean {
  return role === 'sync_standby' && upStates.includes(state);
}

interface EtcdOptions {
  readonly etcd: string;
  readonly directory: string;
  readonly identity: Identity | null;
  readonly port: number;
  readonly peerPort: number;
}

/** Where the nodes agree on who leads. */
function startEtcd({ etcd, directory, identity, port, peerPort }: EtcdOptions): Daemon {
  const clients = `http://127.0.0.1:${port}`;
  const peers = `http://127.0.0.1:${peerPort}`;
  const settings = {
    name: 'etcd',
    'data-dir': join(directory, 'etcd'),
    'listen-client-urls': clients,
    'advertise-client-urls': clients,
    'listen-peer-urls': peers,
    'initial-advertise-peer-urls': peers,
    'initial-cluster': `etcd=${peers}`,
  };
  const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  return startDaemon({ program: etcd, args, directory, identity });
}

/** Different ones: none is taken yet when the next one is looked for. */
async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
