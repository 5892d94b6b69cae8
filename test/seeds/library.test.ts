/** The library that ships is what the reader makes of the documents, entry by entry. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLibrary } from '../../documents/library/read-library';

const root = join(__dirname, '../..');

test.each(['benchmarks', 'nanjing-2021'])('%s', async (id) => {
  const bytes = readFileSync(join(root, `test/seeds/documents/${id}.txt`));
  const seed: unknown = JSON.parse(readFileSync(join(root, `seeds/library/${id}.json`), 'utf8'));
  expect(seed).toEqual({
    id,
    name: expect.any(String),
    fileName: `${id}.txt`,
    digest: createHash('sha256').update(bytes).digest('hex'),
    content: (await readLibrary(bytes, `${id}.txt`)).content,
  });
});
