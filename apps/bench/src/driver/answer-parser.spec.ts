import { AnswerParser, type Answer } from './answer-parser';

const WITH_LENGTH = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const WITH_CHUNKS =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n';

/** Gives the parser a text in pieces of some size, over the same memory each time. */
function parse(text: string, pieceSize: number): Answer | null {
  const parser = new AnswerParser();
  const memory = Buffer.alloc(pieceSize);
  let answer: Answer | null = null;
  for (let start = 0; start < text.length; start += pieceSize) {
    expect(answer).toBeNull();
    const size = memory.write(text.slice(start, start + pieceSize), 'latin1');
    answer = parser.push(memory.subarray(0, size));
  }
  return answer;
}

describe('AnswerParser', () => {
  it.each([1, 2, 3, 7, 20, 1000])('reads an answer in pieces of %i bytes', (pieceSize) => {
    for (const text of [WITH_LENGTH, WITH_CHUNKS]) {
      const answer = parse(text, pieceSize);
      expect(answer?.status).toBe(200);
      expect(answer?.body.toString()).toBe('hello');
    }
  });

  it('needs no length where the status means no body', () => {
    expect(parse('HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n', 100)?.status).toBe(204);
    expect(parse('HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n', 100)?.body).toHaveLength(
      0,
    );
  });

  it('refuses an answer whose end it cannot know', () => {
    expect(() => parse('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello', 100)).toThrow('length');
  });

  it('is ready for the next answer after one', () => {
    const parser = new AnswerParser();
    parser.push(Buffer.from(WITH_LENGTH.slice(0, 20)));
    expect(parser.push(Buffer.from(WITH_LENGTH.slice(20)))?.body.toString()).toBe('hello');
    expect(parser.push(Buffer.from(WITH_CHUNKS))?.body.toString()).toBe('hello');
  });
});
