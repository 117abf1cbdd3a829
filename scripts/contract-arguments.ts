import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** What a person asked for: both templates, one service of theirs, or one that runs somewhere. */
export type ContractTarget =
  | { readonly project: 'contract' }
  | { readonly project: 'given-service'; readonly env: Readonly<Record<string, string>> };

const usage = `usage: npm run contract                       both templates
       npm run contract -- --dir FOLDER       a service: it is started, used, killed and stopped, on ports and databases of its own
       npm run contract -- --url ADDRESS      a service that runs: it is only read; HEALTH_TOKEN opens the rest
`;

/** Reads the arguments; everything that is wrong with them is one text. */
export function readContractArguments(args: readonly string[], folder: string): ContractTarget | { usage: string } {
  const wrong = (mistake: string) => ({ usage: `contract: ${mistake}\n${usage}` });
  let values: { dir?: string; url?: string };
  try {
    const options = { dir: { type: 'string' }, url: { type: 'string' } } as const;
    ({ values } = parseArgs({ args: [...args], options, allowPositionals: false }));
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { dir, url } = values;
  if (dir !== undefined && url !== undefined) return wrong('expected --dir or --url, got both');
  if (dir !== undefined) {
    const directory = path.resolve(folder, dir);
    if (!existsSync(path.join(directory, 'service.json')))
      return wrong(`expected the folder of a service, which holds a service.json, got ${JSON.stringify(dir)}`);
    return { project: 'given-service', env: { CONTRACT_DIRECTORY: directory } };
  }
  if (url === undefined) return { project: 'contract' };
  const parsed = URL.parse(url);
  // node:http asks plainly: a certificate is the business of whatever stands in front of the service.
  if (parsed?.protocol !== 'http:' || parsed.username !== '' || parsed.password !== '')
    return wrong('expected an address such as http://127.0.0.1:8080, without a name or password in it');
  return { project: 'given-service', env: { CONTRACT_URL: parsed.href.replace(/\/$/, '') } };
}
