/** CaseComment.CommentBody holds bytes of UTF-8, not characters (Object Reference, CaseComment). */
const maxCommentBytes = 4000;

/**
 * A text as the comments that hold it, in order: none is too long, and no character is cut in two.
 * @param maxBytes of UTF-8, at least 4
 */
export function splitComments(text: string, maxBytes = maxCommentBytes): string[] {
  const comments: string[] = [];
  let comment = '';
  let bytes = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character);
    if (bytes + size > maxBytes) {
      comments.push(comment);
      comment = '';
      bytes = 0;
    }
    comment += character;
    bytes += size;
  }
  return comment === '' ? comments : [...comments, comment];
}
