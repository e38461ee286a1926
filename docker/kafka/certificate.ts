import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './java.js';
import type { Settings } from './settings.js';

/**
 * Makes a self-signed certificate of 127.0.0.1 and localhost (EC P-256, 30 days) with the JDK's keytool:
 * keystore.p12 with the key and ca.pem, the certificate that clients are to trust. The password goes through a file.
 */
export async function makeCertificate(folder: string, password: string): Promise<NonNullable<Settings['tls']>> {
  const keystore = join(folder, 'keystore.p12');
  const certificate = join(folder, 'ca.pem');
  const passwordFile = join(folder, 'keystore.password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const store = ['-alias', 'broker', '-keystore', keystore, '-storetype', 'PKCS12', '-storepass:file', passwordFile];
  const names = ['-dname', 'CN=localhost', '-ext', 'SAN=ip:127.0.0.1,dns:localhost', '-ext', 'bc:c=ca:true'];
  const key = ['-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '30'];
  await runTool('keytool', ['-genkeypair', ...key, ...names, ...store], 'keytool');
  await runTool('keytool', ['-exportcert', '-rfc', '-file', certificate, ...store], 'keytool');
  return { keystore, password, certificate };
}
