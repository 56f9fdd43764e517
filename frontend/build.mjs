// Bundles styles, scripts and fonts into dist/, which Django serves as static files: `node build.mjs`.
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const kilobytes = (bytes) => `${Math.round(bytes / 1024)} kB`;

await rm(new URL('dist/', import.meta.url), { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: ['src/app.css', 'src/app.js', 'src/scheme.js'],
  outdir: 'dist',
  assetNames: 'fonts/[name]',
  bundle: true,
  minify: true,
  legalComments: 'linked',
  target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
  loader: { '.woff2': 'file', '.svg': 'dataurl' },
  logLevel: 'warning',
});

for (const name of ['app.css', 'app.js', 'scheme.js']) {
  const content = readFileSync(`${here}dist/${name}`);
  console.log(`dist/${name}: ${kilobytes(content.length)}, ${kilobytes(gzipSync(content).length)} compressed`);
}
