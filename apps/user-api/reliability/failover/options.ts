import type { Command } from 'commander';
import { count, createProgram } from '../harness/program.ts';

export interface FailoverOptions {
  readonly rounds: number;
  readonly writers: number;
}

const description = `Starts two PostgreSQL servers under Patroni and two instances of the service, and lets writers change records
while the leader hands over to its standby, and again while the leader is killed (SIGKILL). Exits with 1 if a change that
was acknowledged is lost, if a record has a part of a change only, if no change is acknowledged in time after that, or if
the service answers with a status that is not for this.

Needs PostgreSQL, Patroni and etcd (Debian: apt-get install postgresql patroni python3-etcd etcd-server).`;

/** `test:failover`, whose options are {@link FailoverOptions}. */
export function failoverCommand(): Command {
  return createProgram('test:failover', description)
    .option('--rounds <number>', 'how often both is done', count, 1)
    .option('--writers <number>', 'changes under way at once', count, 12);
}
