import { httpServer, loadSettings } from '@seaworthy/defaults';

const { settings } = loadSettings({ http: httpServer }, { env: process.env, owner: 'team-orders' });
process.stdout.write(JSON.stringify(settings.http));
