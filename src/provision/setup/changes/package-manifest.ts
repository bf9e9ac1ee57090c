/** A manifest of an mdapi package, or of what one deletes. */
export function packageManifest(apiVersion: string, components: readonly { type: string; fullName: string }[]): string {
  const types = [...Map.groupBy(components, ({ type }) => type)].map(
    ([type, members]) =>
      `    <types>\n${members.map(({ fullName }) => `        <members>${fullName}</members>\n`).join('')}        <name>${type}</name>\n    </types>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n${types.join('')}    <version>${apiVersion}</version>\n</Package>\n`;
}
