import { growth } from './regex-ambiguity.ts';
import { searchAutomaton } from './regex-automaton.ts';
import { parseRegex, type RegexNode, UnboundedRegexError } from './regex-syntax.ts';

/** Why a `pattern` cannot be tried on every text in linear time, or undefined if it can. */
export function refusedPattern(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string') return 'the pattern is not a string; put it in quotes';
  try {
    new RegExp(pattern, 'u');
    return refusedGrowth(parseRegex(pattern));
  } catch (error) {
    if (error instanceof SyntaxError) return `the pattern is not valid with the u flag (${error.message}); correct it`;
    if (!(error instanceof UnboundedRegexError)) throw error;
    return `the time of the pattern cannot be bounded because of ${error.message}; write it without`;
  }
}

function refusedGrowth(node: RegexNode): string | undefined {
  for (const look of lookarounds(node, !beginsAnchored(node))) {
    if (look.repeated && hasLoop(look.body))
      return 'the pattern repeats a lookaround that has a loop; write it without';
    const reason = refusedGrowth({ kind: 'sequence', parts: [{ kind: 'start' }, look.body] });
    if (reason !== undefined) return reason;
  }
  const grows = growth(searchAutomaton(node));
  if (grows === 'exponential') {
    return 'the pattern takes exponential time, because a loop can take one text in two ways; make its alternatives begin differently';
  }
  if (grows === 'polynomial') {
    return 'the pattern takes quadratic time, because two loops can take the same text; anchor it with ^ and separate the loops by a character that neither takes';
  }
  return undefined;
}

interface Lookaround {
  readonly body: RegexNode;
  readonly repeated: boolean;
}

/** @param repeated whether the node is tried at more than one place of the text */
function lookarounds(node: RegexNode, repeated: boolean): readonly Lookaround[] {
  if (node.kind === 'look') return [{ body: node.body, repeated }];
  if (node.kind === 'repeat') return lookarounds(node.body, repeated || node.max > 1);
  return 'parts' in node ? node.parts.flatMap((part) => lookarounds(part, repeated)) : [];
}

function hasLoop(node: RegexNode): boolean {
  if (node.kind === 'repeat') return node.max === Number.POSITIVE_INFINITY || hasLoop(node.body);
  if (node.kind === 'look') return hasLoop(node.body);
  return 'parts' in node && node.parts.some(hasLoop);
}

function beginsAnchored(node: RegexNode): boolean {
  if (node.kind === 'start') return true;
  if (node.kind === 'choice') return node.parts.every(beginsAnchored);
  const [first] = node.kind === 'sequence' ? node.parts : [];
  return first !== undefined && beginsAnchored(first);
}
