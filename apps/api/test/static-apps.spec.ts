import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { APP_ROUTES } from '@support-chat/contracts';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveApps } from '../src/platform/http/static-apps';

const FILES = [
  'index.html',
  'main-ABCDEFGH.js',
  'chunk-a-Bc_dE2.js',
  'styles-1-2-3-4-.css',
  'push-worker.js',
  'ngsw-worker.js',
];

@Module({})
class NothingModule {}

describe('static apps', () => {
  let app: NestFastifyApplication;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'support-chat-apps-'));
    for (const project of ['support', 'admin']) {
      const files = join(folder, project, 'browser');
      await mkdir(files, { recursive: true });
      for (const name of FILES) await writeFile(join(files, name), name);
    }
    app = await NestFactory.create<NestFastifyApplication>(NothingModule, new FastifyAdapter(), {
      logger: false,
    });
    await serveApps(app, folder);
    await app.init();
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  const get = (path: string) => app.inject(`${APP_ROUTES.support}${path}`);

  it.each(['main-ABCDEFGH.js', 'chunk-a-Bc_dE2.js', 'styles-1-2-3-4-.css'])(
    'lets browsers keep a file whose name carries its hash: %s',
    async (name) => {
      const { headers, body } = await get(`/${name}`);
      expect(body).toBe(name);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    },
  );

  it.each(['', '/conversations/7', '/push-worker.js', '/ngsw-worker.js'])(
    'lets browsers ask anew for what changes under the same name: %s',
    async (path) => {
      const { headers, statusCode } = await get(path);
      expect(statusCode).toBe(200);
      expect(headers['cache-control']).toBe('no-cache');
    },
  );
});
