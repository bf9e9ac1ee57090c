/**
 * Limits of the Metadata API on one deployment (Metadata API guide, "Metadata Limits"): 10,000 files, 39 MB compressed,
 * which is 50 MB in base64, and 600 MB once unpacked. Bytes.
 */
export const zipLimits = {
  files: 10_000,
  compressedBytes: 39 * 1024 * 1024,
  unpackedBytes: 600 * 1024 * 1024,
  requestBytes: 52_428_800,
} as const;
