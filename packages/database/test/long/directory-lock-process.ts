import { type DirectoryLock, lockDirectory } from '../../src/directory-lock.ts';

/*
 * The process that the lock tests start several times: when it is told to, it takes the directory, or says why it
 * cannot, and stays.
 */

export type Message = 'ready' | { readonly locked: boolean; readonly message: string };

/** The moment at which to take the directory, in milliseconds since 1970, or what to do with it afterwards. */
export type Order = number | 'release';

let lock: DirectoryLock | null = null;

process.on('message', (order: Order) => {
  if (order === 'release') {
    lock?.release();
    process.exit();
  }
  // Several processes are to act in the same moment: a timer would not be exact enough.
  while (Date.now() < order);
  lock = attempt(process.argv[2] ?? '');
});

process.send?.('ready');

function attempt(directory: string): DirectoryLock | null {
  try {
    const taken = lockDirectory(directory);
    process.send?.({ locked: true, message: '' });
    return taken;
  } catch (error) {
    process.send?.({ locked: false, message: String(error) });
    return null;
  }
}
