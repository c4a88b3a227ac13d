/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capital letters, for example `COPY`. */
  readonly name: string;
  /** What follows the name, in one line. */
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
}

/** What stands between one FROM and the next. */
export interface Stage {
  /** The name behind AS; empty without one. */
  readonly name: string;
  /** The image that it begins with. */
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

const known = [
  'FROM',
  'WORKDIR',
  'COPY',
  'RUN',
  'ENV',
  'USER',
  'EXPOSE',
  'STOPSIGNAL',
  'HEALTHCHECK',
  'ENTRYPOINT',
  'CMD',
];

/**
 * Reads a Dockerfile.
 *
 * @throws {Error} for an instruction that {@link buildImage} could not follow
 */
export function readDockerfile(text: string): Stage[] {
  const stages: { name: string; base: string; instructions: Instruction[] }[] = [];
  for (const instruction of instructions(text)) {
    if (!known.includes(instruction.name)) throw problem(instruction, `${instruction.name} cannot be followed here`);
    if (instruction.name === 'FROM') stages.push({ ...stageOf(instruction), instructions: [] });
    else if (stages.length === 0) throw problem(instruction, 'a Dockerfile begins with FROM');
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

/** An error that says where it is. */
export function problem({ line }: Instruction, what: string): Error {
  return new Error(`Dockerfile:${line}: ${what}`);
}

function instructions(text: string): Instruction[] {
  const found: Instruction[] = [];
  let open: { text: string; line: number } | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const begun: { text: string; line: number } = open ?? { text: '', line: index + 1 };
    begun.text += line.trim().replace(/\\$/, ' ');
    open = line.trimEnd().endsWith('\\') ? begun : null;
    if (open === null) found.push(instructionOf(begun));
  }
  return found;
}

function instructionOf({ text, line }: { text: string; line: number }): Instruction {
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  return { name: name.toUpperCase(), text: rest.trim(), line };
}

function stageOf(instruction: Instruction): { name: string; base: string } {
  const [, base, name = ''] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(instruction.text) ?? [];
  if (base === undefined) throw problem(instruction, 'expected FROM image AS name');
  return { name, base };
}

/** The words of an instruction in exec form, `["node", "main.js"]`. */
export function execForm(instruction: Instruction): string[] {
  const list: unknown = /^\[.*\]$/s.test(instruction.text) ? JSON.parse(instruction.text) : null;
  if (Array.isArray(list) && list.every((word) => typeof word === 'string')) return list;
  throw problem(instruction, `write ${instruction.name} as a list, so that no shell keeps signals to itself`);
}
