const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a Salesforce id: the 15 case-sensitive characters, and one more for each five that tells which
 * of them are capitals. An id that has 18 already is returned as it is.
 */
export function to18Characters(id: string): string {
  if (id.length !== 15) return id;
  const suffix = [0, 5, 10].map((start) => {
    const capitals = [0, 1, 2, 3, 4].filter((bit) => /[A-Z]/.test(id.charAt(start + bit)));
    return suffixAlphabet.charAt(capitals.reduce((sum, bit) => sum + 2 ** bit, 0));
  });
  return id + suffix.join('');
}

/** The org's id out of a session id `<org id>!<secret>`; nothing for tokens of another shape (JWT). */
export function organizationIdOfToken(accessToken: string): string | undefined {
  const id = /^(00D\w{15}|00D\w{12})!/.exec(accessToken)?.[1];
  return id === undefined ? undefined : to18Characters(id);
}

/** The org's id out of the `id` of a token answer, `https://login.salesforce.com/id/<org id>/<user id>`. */
export function organizationIdOfIdentityUrl(identityUrl: string): string | undefined {
  const id = /\/id\/(00D\w{15}|00D\w{12})\/005\w+$/.exec(identityUrl)?.[1];
  return id === undefined ? undefined : to18Characters(id);
}
