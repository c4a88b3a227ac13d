import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Complaint {
  readonly rule: string;
  readonly file: string;
  readonly pointer: string;
  readonly message: string;
}

interface Report {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: readonly { readonly source: { readonly ref: string }; readonly pointer: string }[];
  }[];
}

/**
 * Runs the real `redocly lint` over documents.
 *
 * @param folder where redocly.yaml and the documents are
 * @param files relative to the folder
 */
export async function lint(folder: URL, files: readonly string[]): Promise<Complaint[]> {
  const cli = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));
  const args = [cli, 'lint', '--config', 'redocly.yaml', '--format', 'json', '--max-problems', '10000', ...files];
  const output = await run(args, folder);
  return reports(output).flatMap(({ problems }) =>
    problems.map(({ ruleId, message, location: [place] }) => ({
      rule: ruleId,
      file: place?.source.ref ?? '',
      pointer: place?.pointer ?? '',
      message,
    })),
  );
}

function run(args: readonly string[], folder: URL): Promise<string> {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      // Redocly exits with 1 when there are complaints, and prints no report when it could not run.
      if (stdout.startsWith('{')) resolve(stdout);
      else reject(new Error(`redocly printed no report:\n${stderr}`, { cause: error }));
    });
  });
}

/** Redocly prints one JSON document for each file, one after the other. */
function reports(output: string): Report[] {
  const documents = output.split(/(?<=^\})\n?(?=\{)/m);
  // The shape is Redocly's own; a test that reads a wrong one fails.
  return documents.map((document) => JSON.parse(document) as Report);
}
