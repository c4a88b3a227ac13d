import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, join, posix, relative } from 'node:path';
import { execForm, type Instruction, problem, type Stage } from './dockerfile.ts';

/** What a Dockerfile makes, as a folder. */
export interface Image {
  /** The folder that stands for `/`. */
  readonly root: string;
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Empty for root. */
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** The command of HEALTHCHECK; null without one. */
  readonly healthcheck: readonly string[] | null;
  readonly stopSignal: string;
}

export interface BuildOptions {
  /** The folder that `COPY` takes files from. */
  readonly context: string;
  /** Whether a path of the context is not there for Docker. */
  readonly isIgnored: (path: string) => boolean;
  /** An empty folder; each stage gets one in it. */
  readonly folder: string;
  /** What `RUN` has besides ENV. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told of each step before it is done. */
  readonly onStep: (step: string) => void;
}

type Build = { -readonly [Key in keyof Image]: Image[Key] };

/**
 * Does what the instructions say, without Docker: a folder stands for each stage, and commands run on this machine, in
 * the stage's folder. The base images are not there, save for the programs that this machine has too.
 *
 * @returns the last stage
 * @throws {Error} with the line of an instruction that fails
 */
export function buildImage(stages: readonly Stage[], options: BuildOptions): Image {
  const built = new Map<string, Build>();
  for (const [index, stage] of stages.entries()) {
    const name = stage.name || String(index);
    const build = emptyImage(join(options.folder, name));
    for (const instruction of stage.instructions) {
      options.onStep(`${name}: ${instruction.name} ${instruction.text}`);
      follow(instruction, build, built, options);
    }
    built.set(name, build);
  }
  const last = [...built.values()].at(-1);
  if (last === undefined) throw new Error('The Dockerfile has no FROM.');
  return last;
}

function emptyImage(root: string): Build {
  mkdirSync(root, { recursive: true });
  return {
    root,
    workdir: '/',
    environment: {},
    user: '',
    entrypoint: [],
    command: [],
    healthcheck: null,
    stopSignal: 'SIGTERM',
  };
}

function follow(
  instruction: Instruction,
  build: Build,
  built: ReadonlyMap<string, Build>,
  options: BuildOptions,
): void {
  const { name, text } = instruction;
  if (name === 'WORKDIR') {
    build.workdir = posix.resolve(build.workdir, text);
    mkdirSync(join(build.root, build.workdir), { recursive: true });
  } else if (name === 'ENV') build.environment = { ...build.environment, ...assignments(instruction) };
  else if (name === 'COPY') copy(instruction, build, built, options);
  else if (name === 'RUN') run(instruction, build, options);
  else if (name === 'USER') build.user = text;
  else if (name === 'STOPSIGNAL') build.stopSignal = text;
  else if (name === 'ENTRYPOINT') build.entrypoint = execForm(instruction);
  else if (name === 'CMD') build.command = execForm(instruction);
  else if (name === 'HEALTHCHECK') build.healthcheck = healthcheck(instruction);
}

function assignments(instruction: Instruction): Record<string, string> {
  const words = instruction.text.split(/\s+/).map((word) => /^(\w+)=([^"'$]*)$/.exec(word));
  return Object.fromEntries(
    words.map((word) => {
      if (word === null) throw problem(instruction, 'expected NAME=value, without quotation marks');
      return [word[1], word[2]];
    }),
  );
}

function healthcheck(instruction: Instruction): string[] {
  const text = instruction.text.replace(/^(?:--\S+\s+)*CMD\s+/, '');
  return execForm({ ...instruction, text });
}

function copy(
  instruction: Instruction,
  build: Build,
  built: ReadonlyMap<string, Build>,
  { context, isIgnored }: BuildOptions,
): void {
  const { from, sources, target } = copyArguments(instruction);
  const origin = from === '' ? context : built.get(from)?.root;
  if (origin === undefined) throw problem(instruction, `there is no stage ${from}`);
  const isTaken = (path: string): boolean => from !== '' || path === '' || !isIgnored(path);
  for (const source of sources) {
    const path = join(origin, source);
    if (!existsSync(path) || !isTaken(relative(origin, path))) throw problem(instruction, `there is no ${source}`);
    const isInto = target.endsWith('/') && statSync(path).isFile();
    const destination = join(build.root, posix.resolve(build.workdir, target), isInto ? basename(source) : '');
    const filter = (file: string): boolean => isTaken(relative(origin, file));
    cpSync(path, destination, { recursive: true, verbatimSymlinks: true, filter });
  }
}

function copyArguments(instruction: Instruction): { from: string; sources: string[]; target: string } {
  const [, from = '', rest = ''] = /^(?:--from=(\S+)\s+)?([^-].*)$/s.exec(instruction.text) ?? [];
  const words = rest.split(/\s+/);
  const target = words.at(-1) ?? '';
  const sources = words.slice(0, -1);
  if (sources.length === 0)
    throw problem(instruction, 'expected COPY --from=stage source target, without other options');
  if (/[*?[]/.test(rest)) throw problem(instruction, 'name every source, without patterns');
  if (sources.length > 1 && !target.endsWith('/'))
    throw problem(instruction, 'the target of several files ends with /');
  return { from, sources, target };
}

function run(instruction: Instruction, build: Build, { environment }: BuildOptions): void {
  const { text } = instruction;
  // There is no other root: what is absolute would be this machine's.
  if (/(?:^|[\s=])\/|\.\.|^\[/.test(text)) throw problem(instruction, 'expected a shell command, in WORKDIR alone');
  try {
    execFileSync('sh', ['-ec', text], {
      cwd: join(build.root, build.workdir),
      env: { ...environment, ...build.environment },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (cause) {
    throw new Error(`${problem(instruction, `${text} failed`).message}\n${outputOf(cause)}`, { cause });
  }
}

function outputOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('stdout' in error) || !('stderr' in error)) return String(error);
  return `${error.stdout}${error.stderr}`.trimEnd();
}
