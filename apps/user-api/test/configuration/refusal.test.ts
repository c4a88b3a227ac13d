import { expect, test } from 'vitest';
import { runCommandLine } from '../support/command-line.ts';

/** Five mistakes, two of them in values that hold a password. */
const mistaken = {
  NODE_ENV: 'production',
  PORT: '70000',
  LOG_LEVEL: 'loud',
  DATABASE_URL: 'mysql://service:secret-password@db.example/users',
  OIDC_ISSUER: 'http://service:secret-password@id.example',
  OIDC_AUDIENCE: 'users',
  RATE_LIMIT: '-1',
};

const told = [
  'the configuration is not valid:',
  '  PORT: "70000" is not a whole number from 0 to 65535',
  '  LOG_LEVEL: "loud" is not trace, debug, info, warn, error, fatal or silent',
  '  DATABASE_URL: its value is not postgres://user:password@host:port/database, with commas between several hosts',
  '  OIDC_ISSUER: its value is not an https URL (http on this machine) without credentials, query and fragment',
  '  RATE_LIMIT: "-1" is not a whole number from 0 to 1000000',
  '',
];

test.each(['serve', 'check-config', 'migrate'])(
  '%s tells five mistakes by name, shows no password and ends with 1',
  async (command) => {
    const { code, stdout, stderr } = await runCommandLine([command], mistaken);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(told.join('\n'));
  },
);
