import { expect, test } from 'vitest';
import { openEmptyDatabase } from '../support/database.ts';

const create = { name: 'create', text: 'create table things (id int4)' };
const insert = { name: 'insert', text: 'insert into things values ($1)' };
const select = { name: 'select', text: 'select id from things' };

test('a transaction is kept as a whole if its work succeeds, and not at all if it fails', async () => {
  const { database, close } = await openEmptyDatabase();
  try {
    await database.transaction(async (session) => {
      await session.query(create);
      await session.query(insert, [1]);
    });
    const failing = database.transaction(async (session) => {
      await session.query(insert, [2]);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await database.query(select)).toEqual([{ id: 1 }]);
  } finally {
    await close();
  }
});
