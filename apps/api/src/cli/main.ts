import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { join } from 'node:path';
import { runCli } from './run-cli';
import { Terminal } from './terminal';

// What parts of the server remark besides is no answer to a command.
Logger.overrideLogger(['fatal', 'error', 'warn', 'log']);

// The bundle lies in dist/apps/api, the built apps beside that.
const appsFolder = join(import.meta.dirname, '..');

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  appsFolder,
  terminal: new Terminal(process.stdin, process.stdout, process.stderr),
});
