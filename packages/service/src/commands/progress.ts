/* By hand: the libraries for bars write nothing, or every bar anew, where no terminal is; logs need a line now and then. */

/** Where progress is shown. */
export interface ProgressOutput {
  write(text: string): unknown;
  /** Whether somebody watches, so that a line can be written over. */
  readonly isTTY?: boolean;
}

/** Tells how far some work is. */
export interface Progress {
  /** @param done how much of the total is done */
  update(done: number): void;
  /** Leaves the output as if no line had been written over. */
  end(): void;
}

const WIDTH = 30;

/**
 * Shows a bar on a terminal. Elsewhere it writes a line for each tenth, which reads well in a log.
 *
 * @param total of what is to be done
 */
export function showProgress(output: ProgressOutput, total: number): Progress {
  return output.isTTY === true ? bar(output, total) : lines(output, total);
}

function bar(output: ProgressOutput, total: number): Progress {
  let shown = '';
  return {
    update(done) {
      const filled = Math.round(share(done, total) * WIDTH);
      const line = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${percent(done, total)} ${done} of ${total}`;
      if (line !== shown) output.write(`\r${line}`);
      shown = line;
    },
    end() {
      if (shown !== '') output.write('\r\u001B[2K');
    },
  };
}

function lines(output: ProgressOutput, total: number): Progress {
  let tenth = 0;
  return {
    update(done) {
      const reached = Math.floor(share(done, total) * 10);
      if (reached > tenth) output.write(`${percent(done, total)} ${done} of ${total}\n`);
      tenth = reached;
    },
    end: () => undefined,
  };
}

/** More may be done than there was when it was counted. */
function share(done: number, total: number): number {
  return total === 0 ? 1 : Math.min(done / total, 1);
}

function percent(done: number, total: number): string {
  return `${Math.floor(share(done, total) * 100)}%`.padStart(4);
}
