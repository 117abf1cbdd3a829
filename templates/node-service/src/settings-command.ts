// Prints the settings of an environment with their origin; `docs` and `env` print the generated files.
import { describeSettings } from '@seaworthy/defaults';

import { runCommand } from './command-error.ts';
import { productionFile, settingsPage } from './settings-documents.ts';
import { groups, loadServiceSettings } from './settings.ts';

function run(command: string | undefined): number {
  switch (command) {
    case undefined:
      process.stdout.write(`${JSON.stringify(describeSettings(groups, loadServiceSettings()), null, 2)}\n`);
      return 0;
    case 'docs':
      process.stdout.write(settingsPage());
      return 0;
    case 'env':
      process.stdout.write(productionFile());
      return 0;
    default:
      process.stderr.write('settings: unknown command; expected nothing, docs or env\n');
      return 64;
  }
}

await runCommand(() => run(process.argv[2]));
