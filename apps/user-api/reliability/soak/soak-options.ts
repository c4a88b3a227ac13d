import { assignmentsOf, parseOptions, seedOption, settingOption } from '../harness/options.ts';

export const usage = `Usage: npm run test:soak -- [options]

Starts a PostgreSQL and the service, and lets it work for some minutes at a share of what it can answer, with one faulty
request in ten: broken bodies, bad tokens, unknown paths, clients that are slow, that leave, or that never end. Watches
memory, handles, files and connections meanwhile. Exits with 1 if the last third of the time is above the middle one by
more than 5 % and 1 MB (what a collection leaves of the heap; resident memory: 10 % and 20 MB; handles, files and
connections: 20 % and some), if handles, files and connections are more afterwards than before, or if a request gets an
answer that it must not get. Three minutes find a leak of some hundred bytes for each request, more find a smaller one.

Options:
  --minutes N           how long, at least 0.5 (default: 3)
  --share N             of what the service can answer (default: 0.5)
  --seed S              what the moments depend on (default: another one each time)
  --setting NAME=VALUE  of the service; may be repeated
  --help                prints this text`;

export interface SoakOptions {
  readonly minutes: number;
  /** Of the capacity. */
  readonly share: number;
  readonly seed: string;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * @returns null if the help is asked for
 * @throws {TypeError} that names the option, if there is no such option or value
 */
export function parseSoakOptions(args: readonly string[]): SoakOptions | null {
  const values = parseOptions(args, {
    minutes: { default: '3', pattern: /^(?:0?\.[5-9]\d*|[1-9]\d{0,3}(?:\.\d+)?)$/, expected: 'a number from 0.5' },
    share: { default: '0.5', pattern: /^0?\.\d*[1-9]\d*$/, expected: 'a number below 1, such as 0.5' },
    seed: seedOption(),
    setting: settingOption,
  });
  if (values === null) return null;
  return {
    minutes: Number(values.minutes[0]),
    share: Number(values.share[0]),
    seed: values.seed.join(),
    settings: assignmentsOf(values.setting),
  };
}
