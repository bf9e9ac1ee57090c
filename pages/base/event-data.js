// Server-sent events, read by `fetch`: an EventSource sends no header.

/**
 * The data of the events of an answer, one by one, until the server ends it.
 * @param {Response} response with lines that end with LF, as the servers of these pages write them
 * @returns {AsyncGenerator<string>}
 */
export async function* eventData({ body }) {
  if (body === null) throw new Error('The answer has no stream.');
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split('\n').filter((line) => line.startsWith('data:'));
      if (data.length > 0) yield data.map((line) => line.replace(/^data: ?/, '')).join('\n');
    }
  }
}
