export interface Part {
  readonly name: string;
  readonly contentType: string;
  readonly fileName?: string;
  readonly bytes: Uint8Array;
}

/**
 * A `multipart/form-data` body (RFC 7578).
 * @param boundary stands in none of the parts
 */
export function multipart(boundary: string, parts: readonly Part[]): { bytes: Uint8Array; contentType: string } {
  const chunks = parts.flatMap(({ name, contentType, fileName, bytes }) => {
    const file = fileName === undefined ? '' : `; filename="${quoted(fileName)}"`;
    const head = [`--${boundary}`, `content-disposition: form-data; name="${quoted(name)}"${file}`];
    return [
      Buffer.from([...head, `content-type: ${contentType.replaceAll(/[\r\n]/g, '')}`, '', ''].join('\r\n')),
      bytes,
      Buffer.from('\r\n'),
    ];
  });
  return {
    bytes: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

/** As browsers write it (WHATWG, multipart/form-data encoding): a name cannot end its own quotes or its line. */
function quoted(value: string): string {
  return value.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
