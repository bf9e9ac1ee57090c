import { newFile, opened } from './sqlite/new-file.ts';
import { storeContract } from './store-contract.ts';

storeContract('SQLite', async () => {
  const file = await newFile();
  return { open: async () => opened(file) };
});
