import { lockDirectory } from '../../src/storage/directory-lock.ts';

/*
 * The process that the lock tests start several times: it takes the directory, or says why it cannot, and stays.
 */

export type Message = { readonly locked: boolean; readonly message: string };

const lock = attempt(process.argv[2] ?? '');

process.on('message', () => {
  lock?.release();
  process.exit();
});

function attempt(directory: string) {
  try {
    const taken = lockDirectory(directory);
    process.send?.({ locked: true, message: '' });
    return taken;
  } catch (error) {
    process.send?.({ locked: false, message: String(error) });
    return null;
  }
}
