import { countOption, parseOptions } from '../harness/options.ts';

export const usage = `Usage: npm run test:failover -- [options]

Starts two PostgreSQL servers under Patroni and two instances of the service, and lets writers change records while the
leader hands over to its standby, and again while the leader is killed (SIGKILL). Exits with 1 if a change that was
acknowledged is lost, if a record has a part of a change only, if no change is acknowledged in time after that, or if
the service answers with a status that is not for this.

Needs PostgreSQL, Patroni and etcd (Debian: apt-get install postgresql patroni python3-etcd etcd-server).

Options:
  --rounds N   how often both is done (default: 1)
  --writers N  changes under way at once (default: 12)
  --help       prints this text`;

export interface FailoverOptions {
  readonly rounds: number;
  readonly writers: number;
}

/**
 * @returns null if the help is asked for
 * @throws {TypeError} that names the option, if there is no such option or value
 */
export function parseFailoverOptions(args: readonly string[]): FailoverOptions | null {
  const values = parseOptions(args, {
    rounds: { default: '1', ...countOption },
    writers: { default: '12', ...countOption },
  });
  return values === null ? null : { rounds: Number(values.rounds[0]), writers: Number(values.writers[0]) };
}
