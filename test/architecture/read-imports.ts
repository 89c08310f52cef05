import ts from 'typescript'

/** One mention of another module. */
export interface Import {
  readonly specifier: string
  readonly line: number
  /** Gone after compilation: `import type`, `export type`, `import('x')` in a type. */
  readonly typeOnly: boolean
  /** `import()` in an expression: loaded when it is reached, not when the file is. */
  readonly dynamic: boolean
}

/** What one source file says about modules and globals. */
export interface FileFacts {
  readonly imports: readonly Import[]
  /** Names read in expressions that the file does not declare itself, `Math.random` included. */
  readonly freeNames: ReadonlyMap<string, number>
}

/** Parses one TypeScript file. A name counts as free only where no declaration of the file has it. */
export function readImports(path: string, text: string): FileFacts {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  const imports: Import[] = []
  const declared = new Set<string>()
  const used = new Map<string, number>()
  const lineOf = (node: ts.Node): number => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean, dynamic: boolean): void => {
    if (specifier && ts.isStringLiteralLike(specifier)) imports.push({ specifier: specifier.text, line: lineOf(node), typeOnly, dynamic })
  }

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnly(node.importClause), false)
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly, false)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true, false)
    else if (ts.isCallExpression(node) && isLoader(node.expression)) add(node, node.arguments[0], false, true)

    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return visitImportTypes(node)
    if (isDeclaration(node) && node.name && ts.isIdentifier(node.name)) declared.add(node.name.text)
    if (ts.isIdentifier(node) && isRead(node) && !used.has(node.text)) used.set(node.text, lineOf(node))
    if (ts.isPropertyAccessExpression(node) && isMember(node, 'Math', 'random')) used.set('Math.random', lineOf(node))
    ts.forEachChild(node, visit)
  }
  const visitImportTypes = (node: ts.Node): void => ts.forEachChild(node, (child) => (ts.isImportTypeNode(child) ? visit(child) : visitImportTypes(child)))

  visit(file)
  for (const name of declared) used.delete(name)
  return { imports, freeNames: used }
}

const isTypeOnly = (clause: ts.ImportClause | undefined): boolean => clause?.phaseModifier === ts.SyntaxKind.TypeKeyword

const isLoader = (callee: ts.Expression): boolean =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')

const isMember = ({ expression, name }: ts.PropertyAccessExpression, object: string, member: string): boolean =>
  name.text === member && ts.isIdentifier(expression) && expression.text === object

const isDeclaration = (node: ts.Node): node is ts.NamedDeclaration =>
  ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node) || ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node)

/** An identifier that stands for a value, rather than naming a property, a key or a declaration. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent) || ts.isEnumMember(parent)) return parent.initializer === node
  return !(ts.isMethodDeclaration(parent) || ts.isMethodSignature(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent) ||
    ts.isGetAccessor(parent) || ts.isSetAccessor(parent) || ts.isExportSpecifier(parent) || ts.isImportSpecifier(parent) || ts.isBindingElement(parent))
}
