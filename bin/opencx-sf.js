#!/usr/bin/env node
/* Old syntax on purpose: an unsupported Node must be able to read this file far enough to say so. */
'use strict';
var version = process.versions.node.split('.').map(Number);
var major = version[0],
  minor = version[1],
  patch = version[2];
var supported =
  (major === 22 && (minor > 22 || (minor === 22 && patch >= 2))) || (major === 24 && minor >= 15) || major >= 26;
if (!supported) {
  process.stderr.write(
    'opencx-sf needs Node.js 22.22.2, 24.15 or 26 and newer; this is ' + process.versions.node + '.\n',
  );
  process.exitCode = 2;
} else {
  void import('./launch.mjs');
}
