import { assignmentsOf, countOption, parseOptions, seedOption, settingOption } from '../harness/options.ts';

export const usage = `Usage: npm run test:crash -- [options]

Starts a PostgreSQL and the service, and kills both (SIGKILL) at random moments while writers change records. Exits with
1 if a change that was acknowledged is lost, if a record has a part of a change only, if the service does not recover
without help, or if it answers with a status that is not for this.

Options:
  --kills N             how often each of the two is killed (default: 20)
  --writers N           changes under way at once (default: 12)
  --seed S              what the moments depend on (default: another one each time)
  --setting NAME=VALUE  of postgresql.conf; may be repeated. With synchronous_commit=off changes get lost, which
                        shows that it is found
  --help                prints this text`;

export interface CrashOptions {
  readonly kills: number;
  readonly writers: number;
  readonly seed: string;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * @returns null if the help is asked for
 * @throws {TypeError} that names the option, if there is no such option or value
 */
export function parseCrashOptions(args: readonly string[]): CrashOptions | null {
  const values = parseOptions(args, {
    kills: { default: '20', ...countOption },
    writers: { default: '12', ...countOption },
    seed: seedOption(),
    setting: settingOption,
  });
  if (values === null) return null;
  return {
    kills: Number(values.kills[0]),
    writers: Number(values.writers[0]),
    seed: values.seed.join(),
    settings: assignmentsOf(values.setting),
  };
}
