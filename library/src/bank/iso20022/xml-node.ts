/** An element of a message that is being read: its local name, text and children. Namespaces are left out. */
export class XmlNode {
  readonly name: string;
  readonly parent: XmlNode | null;
  readonly line: number;
  /** Text that stands before the first child; ISO 20022 knows no mixed content. */
  text = "";
  /** The attribute `Ccy` of an amount. */
  currency: string | null = null;
  children: XmlNode[] | null = null;
  /** Position among the siblings of its name, from 1, where they are handed on one by one; 0: the children know. */
  position = 0;
  /** How many children of each name were handed on. */
  handedOn: Map<string, number> | null = null;
  /** The byte of the file at which a node begins that is handed on. */
  offset = -1;
  #path: string | null = null;

  constructor(name: string, parent: XmlNode | null, line: number) {
    this.name = name;
    this.parent = parent;
    this.line = line;
  }

  add(child: XmlNode): void {
    if (this.children === null) this.children = [child];
    else this.children.push(child);
  }

  /** The first child of a name. */
  child(name: string): XmlNode | undefined {
    const { children } = this;
    if (children === null) return undefined;
    for (let i = 0; i < children.length; i++) if (children[i]!.name === name) return children[i];
    return undefined;
  }

  /** The first element along a path of names. */
  at(...names: readonly string[]): XmlNode | undefined {
    let node: XmlNode | undefined = this;
    for (let i = 0; node !== undefined && i < names.length; i++) node = node.child(names[i]!);
    return node;
  }

  all(name: string): readonly XmlNode[] {
    return this.children?.filter((child) => child.name === name) ?? [];
  }

  /** XPath by local names, with a position where a name occurs more than once or may: `/Document/PmtRtr/TxInf[2]`. */
  path(): string {
    this.#path ??= this.parent === null ? this.name : `${this.parent.path()}/${this.#step()}`;
    return this.#path;
  }

  #step(): string {
    if (this.position > 0) return `${this.name}[${this.position}]`;
    let before = 0;
    let all = 0;
    for (const sibling of this.parent!.children ?? []) {
      if (sibling.name !== this.name) continue;
      all++;
      if (sibling === this) before = all;
    }
    return all > 1 ? `${this.name}[${before}]` : this.name;
  }
}
