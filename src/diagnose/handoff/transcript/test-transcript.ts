/** What customer and AI say in turn; characters of one to four bytes, as real ones have. */
const turns = [
  'Customer: Guten Tag, wo bleibt meine Bestellung? Ich warte seit über zehn Tagen.',
  'AI: Es tut mir leid, dass Sie warten. Können Sie mir die Bestellnummer nennen?',
  'Customer: 注文番号は 4711 です。🙏',
  'AI: Danke! 🔎 Das Paket liegt seit gestern im Verteilzentrum “Köln-Süd”.',
  'Customer: I would like to speak with a person, please.',
];

/** Turns of the conversation: more than one comment holds. */
const turnCount = 60;

/**
 * A conversation that nobody had, long enough to need several comments.
 * @param mark of the handoff, so that whoever comes across it knows what it is
 */
export function testTranscript(mark: string): string {
  const lines = Array.from({ length: turnCount }, (_, index) => `${index + 1}. ${turns[index % turns.length] ?? ''}`);
  return [`${mark} Nobody had this conversation: opencx-sf verify handoff wrote it.`, ...lines].join('\n');
}
