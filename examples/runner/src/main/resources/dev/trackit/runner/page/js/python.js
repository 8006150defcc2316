/**
 * The words of Python source with what they are, for colouring. It never fails: what it does not know is plain, and a string that
 * does not end goes to the end. IPython's magics and shell lines are known. Linear in the length of the source.
 */

const KEYWORDS = new Set(
  ('False None True and as assert async await break class continue def del elif else except finally for from global if import in is '
    + 'lambda nonlocal not or pass raise return try while with yield match case').split(' '),
);
const SOFT = new Set(['match', 'case']);
const BUILTINS = new Set(
  ('abs all any bool bytes callable chr dict dir display divmod enumerate eval exec filter float format frozenset getattr globals hasattr '
    + 'hash help hex id input int isinstance issubclass iter len list locals map max min next object open ord pow print property range repr '
    + 'reversed round self set setattr slice sorted staticmethod classmethod str sum super tuple type vars zip Exception ValueError '
    + 'TypeError KeyError IndexError RuntimeError ImportError').split(' '),
);

const TOKEN = new RegExp(
  [
    '(?<comment>#[^\\n]*)',
    '(?<string>[rRbBuUfFtT]{0,3}(?:"""|\'\'\'|"|\'))',
    '(?<number>(?:0[xX][\\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:[eE][+-]?\\d+)?[jJ]?))',
    '(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)',
    '(?<decorator>@)',
    '(?<space>\\s+)',
    '(?<other>[^])',
  ].join('|'),
  'uy',
);

/**
 * Cuts source into parts.
 *
 * @param {string} source
 * @returns {{kind: string|null, text: string}[]} in order, together the whole source; kinds are keyword, string, number,
 *     comment, function, builtin, magic and null
 */
export function pythonTokens(source) {
  const parts = [];
  const push = (kind, text) => {
    const last = parts.at(-1);
    if (last && last.kind === kind) {
      last.text += text;
    } else if (text) {
      parts.push({kind, text});
    }
  };
  if (/^\s*%%(?!time|timeit|capture|prun)\w/.test(source)) {
    const end = source.indexOf('\n');
    push('magic', end < 0 ? source : source.slice(0, end));
    push(null, end < 0 ? '' : source.slice(end));
    return parts;
  }
  let at = 0;
  let atLineStart = true;
  let before = '';
  while (at < source.length) {
    if (atLineStart && '%!?'.includes(source[at])) {
      const end = lineEnd(source, at);
      push('magic', source.slice(at, end));
      at = end;
      atLineStart = false;
      continue;
    }
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(source);
    const groups = found.groups;
    let text = found[0];
    if (groups.string !== undefined) {
      text = source.slice(at, stringEnd(source, at, text));
      push('string', text);
    } else if (groups.comment !== undefined) {
      push('comment', text);
    } else if (groups.number !== undefined) {
      push('number', text);
    } else if (groups.name !== undefined) {
      push(nameKind(text, before, source, at + text.length), text);
    } else if (groups.decorator !== undefined && atLineStart) {
      push('function', text);
    } else {
      push(null, text);
    }
    at += text.length;
    if (groups.space !== undefined) {
      atLineStart = atLineStart || text.includes('\n');
    } else {
      atLineStart = false;
      before = text;
    }
  }
  return parts;
}

function nameKind(name, before, source, end) {
  if (before === '.') {
    return source[end] === '(' ? 'function' : null;
  }
  if (before === 'def' || before === 'class' || before === '@') {
    return 'function';
  }
  if (KEYWORDS.has(name) && !(SOFT.has(name) && /^\s*[=.,)\]([]/.test(source.slice(end, end + 3)))) {
    return 'keyword';
  }
  if (BUILTINS.has(name)) {
    return 'builtin';
  }
  return source[end] === '(' ? 'function' : null;
}

function stringEnd(source, start, opening) {
  const quote = opening.at(-1);
  const triple = opening.endsWith(quote.repeat(3));
  const closing = triple ? quote.repeat(3) : quote;
  let at = start + opening.length;
  while (at < source.length) {
    if (source[at] === '\\') {
      at += 2;
    } else if (source.startsWith(closing, at)) {
      return at + closing.length;
    } else if (!triple && source[at] === '\n') {
      return at;
    } else {
      at += 1;
    }
  }
  return source.length;
}

function lineEnd(source, from) {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}
