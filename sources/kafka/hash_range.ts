import { createHash } from 'node:crypto';
import { openStoredLog, type KafkaAccess } from './access.js';
import { parseKafkaPath, readRange } from './log_range.js';

/** SHA-256 (hex) of a range of a log: its name, and of each message the offset, the lengths and bytes of key and value. */
export async function hashRange(path: string, access: KafkaAccess | undefined): Promise<string> {
  const range = parseKafkaPath(path);
  const log = openStoredLog(access, path);
  const hash = createHash('sha256').update(`${path}\n`);
  try {
    for await (const records of readRange(log, range)) {
      for (const { offset, key, value } of records) {
        hash.update(`${offset} ${key?.length ?? -1} ${value?.length ?? -1}\n`);
        if (key) hash.update(key);
        if (value) hash.update(value);
      }
    }
  } finally {
    await log.close();
  }
  return hash.digest('hex');
}
