import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MILLISECONDS = 20;

/** Kills a process and all that it has started (SIGKILL), and resolves once none of them runs any more. */
export async function killTree(pid: number): Promise<void> {
  // Stopped, it cannot start another one in the meantime.
  signal(pid, 'SIGSTOP');
  const pids = [pid, ...descendants(pid, processes())];
  for (const each of pids) signal(each, 'SIGKILL');
  while (processes().some((process) => pids.includes(process.pid) && !process.hasEnded)) await wait(POLL_MILLISECONDS);
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** It only waits to be asked how it ended. */
  readonly hasEnded: boolean;
}

function processes(): readonly Process[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid, parent, state = ''] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), hasEnded: state.startsWith('Z') };
  });
}

function descendants(pid: number, all: readonly Process[]): readonly number[] {
  const children = all.filter(({ parent }) => parent === pid).map((child) => child.pid);
  return children.flatMap((child) => [child, ...descendants(child, all)]);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
