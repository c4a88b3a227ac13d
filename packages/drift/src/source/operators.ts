import { ts } from './typescript.ts';

/** A change that an operator makes to a source. */
export interface SourceChange {
  readonly kind: string;
  /** The function around it, for example `readBody`; `module` outside of functions. */
  readonly scope: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  readonly change: string;
}

type Operator = (node: ts.Node, source: ts.SourceFile) => readonly Found[];

interface Found {
  readonly kind: string;
  readonly node: ts.Node;
  readonly replacement: string;
  readonly change: string;
}

/** Every change that the operators find in a source, in the order of the text. */
export function sourceChanges(file: string, text: string): SourceChange[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const changes: SourceChange[] = [];
  const visit = (node: ts.Node, scope: string): void => {
    if (isWithoutEffect(node)) return;
    for (const operator of operators) {
      for (const { node: changed, ...found } of operator(node, source)) {
        changes.push({ ...found, scope, start: changed.getStart(source), end: changed.getEnd() });
      }
    }
    const name = nameOf(node);
    ts.forEachChild(node, (child) => visit(child, name === null ? scope : name));
  };
  visit(source, 'module');
  return changes;
}

/** Types are the compiler's business, and messages for people may be said in another way. */
function isWithoutEffect(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  return ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
}

function nameOf(node: ts.Node): string | null {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.name?.getText() ?? 'function';
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  const holder = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) ? node : null;
  const isFunction = holder?.initializer !== undefined && ts.isFunctionLike(holder.initializer);
  return holder !== null && isFunction ? holder.name.getText() : null;
}

const operators: readonly Operator[] = [conditions, branches, logic, comparisons, statements, spreads, calls, booleans];

/** A condition that is always or never met. */
function conditions(node: ts.Node): readonly Found[] {
  if (!ts.isIfStatement(node)) return [];
  const { expression } = node;
  const text = shortened(expression.getText());
  return ['true', 'false'].map((replacement) => ({
    kind: `condition-${replacement}`,
    node: expression,
    // Stays a boolean to the compiler, so that types are not what notices it.
    replacement: `Boolean(${replacement === 'true' ? 1 : 0})`,
    change: `if (${text}) is always ${replacement}`,
  }));
}

/** One branch of a conditional expression in place of both. */
function branches(node: ts.Node): readonly Found[] {
  if (!ts.isConditionalExpression(node)) return [];
  return [node.whenTrue, node.whenFalse].map((branch, index) => ({
    kind: index === 0 ? 'branch-first' : 'branch-second',
    node,
    replacement: `(${branch.getText()})`,
    change: `${shortened(node.getText())} is always ${shortened(branch.getText())}`,
  }));
}

/** One operand of `&&`, `||` and `??` in place of both. */
function logic(node: ts.Node): readonly Found[] {
  if (!ts.isBinaryExpression(node)) return [];
  const operator = ts.tokenToString(node.operatorToken.kind) ?? '';
  if (!['&&', '||', '??'].includes(operator)) return [];
  // A spread of `false` is one of nothing, but the left operand of such a spread is no object.
  const operands =
    ts.isParenthesizedExpression(node.parent) && ts.isSpreadAssignment(node.parent.parent)
      ? [node.right]
      : [node.left, node.right];
  return operands.map((operand) => ({
    kind: operand === node.left ? 'operand-left' : 'operand-right',
    node,
    replacement: `(${operand.getText()})`,
    change: `${shortened(node.getText())} is ${shortened(operand.getText())}`,
  }));
}

const opposites: Readonly<Record<string, string>> = { '===': '!==', '!==': '===' };
const neighbours: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

/** An equality that is turned round, where no other operator decides it, or a bound that is moved by one. */
function comparisons(node: ts.Node): readonly Found[] {
  if (!ts.isBinaryExpression(node)) return [];
  const operator = ts.tokenToString(node.operatorToken.kind) ?? '';
  const replacement = neighbours[operator] ?? (isDecidedElsewhere(node) ? undefined : opposites[operator]);
  if (replacement === undefined) return [];
  const change = `${shortened(node.getText())}: ${operator} becomes ${replacement}`;
  return [{ kind: 'comparison', node: node.operatorToken, replacement, change }];
}

/** A condition or an operand is replaced as a whole already. */
function isDecidedElsewhere({ parent }: ts.Node): boolean {
  return ts.isIfStatement(parent) || ts.isConditionalExpression(parent) || ts.isBinaryExpression(parent);
}

/** A call, an assignment or a throw that is left out. */
function statements(node: ts.Node): readonly Found[] {
  if (!ts.isExpressionStatement(node) && !ts.isThrowStatement(node)) return [];
  if (ts.isExpressionStatement(node) && node.expression.getText().startsWith('super(')) return [];
  const kind = ts.isThrowStatement(node) ? 'throw-removed' : 'statement-removed';
  return [{ kind, node, replacement: ';', change: `without ${shortened(node.getText())}` }];
}

/** A spread of an array or of an object that is left out. */
function spreads(node: ts.Node): readonly Found[] {
  if (!ts.isSpreadAssignment(node) && !ts.isSpreadElement(node)) return [];
  if (!ts.isObjectLiteralExpression(node.parent) && !ts.isArrayLiteralExpression(node.parent)) return [];
  const replacement = ts.isSpreadAssignment(node) ? '...{}' : '...[]';
  return [{ kind: 'spread-removed', node, replacement, change: `without ${shortened(node.getText())}` }];
}

const filters = ['filter', 'toLowerCase', 'toUpperCase', 'trim', 'sort', 'replace', 'replaceAll', 'slice', 'flat'];

/** A step of a chain that is left out. */
function calls(node: ts.Node): readonly Found[] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const { name, expression } = node.expression;
  if (!filters.includes(name.text)) return [];
  return [
    {
      kind: 'call-removed',
      node,
      replacement: expression.getText(),
      change: `without .${name.text}(): ${shortened(node.getText())}`,
    },
  ];
}

function booleans(node: ts.Node): readonly Found[] {
  const isTrue = node.kind === ts.SyntaxKind.TrueKeyword;
  if (!isTrue && node.kind !== ts.SyntaxKind.FalseKeyword) return [];
  if (ts.isLiteralTypeNode(node.parent)) return [];
  return [
    {
      kind: 'boolean-flipped',
      node,
      replacement: String(!isTrue),
      change: `${shortened(node.parent.getText())}: ${String(isTrue)} becomes ${String(!isTrue)}`,
    },
  ];
}

/** The beginning of a text in one line, for reports. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
