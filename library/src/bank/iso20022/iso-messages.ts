import { BankValueError } from "../../errors/bank.ts";
import type { BankRecord } from "../record.ts";
import { isMessageElement, messageKind } from "./iso-families.ts";
import type { HandedOn, IsoMessage, MessageReader } from "./iso-message.ts";
import { type XmlSink, XmlStop } from "./xml-feed.ts";
import { XmlNode } from "./xml-node.ts";

/** Elements that are held at once: of one transaction, and of what stands before it in its message. */
export const heldElementsMax = 200_000;
/** Characters of text that are held at once. */
export const heldCharactersMax = 1 << 24;
/** Element names and namespaces that are remembered. */
const namesMax = 10_000;
const namespacesMax = 100;

interface Options {
  readonly file: string;
  readonly sha256: string;
  readonly emit: (record: BankRecord) => void;
  readonly setAside: (offset: number | null, reason: string) => void;
  /** The byte at which the tag at hand begins. */
  readonly tagOffset: () => number;
}

/** What is open below `Document`. */
interface OpenMessage {
  readonly message: IsoMessage;
  readonly reader: MessageReader;
  /** What is handed on, of each element that is open, the message itself first; null: nothing below it. */
  readonly handedOn: (HandedOn | null)[];
  /** What was held when each open element began that is handed on. */
  readonly heldBefore: { elements: number; characters: number }[];
  taken: number;
}

/**
 * Makes messages of the elements of a file: finds `Document` and the business application header (head.001) in whatever
 * envelope, builds one transaction at a time and hands it to the message's reader.
 */
export class IsoMessages implements XmlSink {
  readonly #options: Options;
  /** Local names by tag, so that names are not cut from the file's text again and again. */
  readonly #names = new Map<string, string>();
  readonly #namespaces = new Map<string, string>();
  #top = new XmlNode("", null, 0);
  #node = this.#top;
  #number = 0;
  /** The byte at which the message began, and its namespace. */
  #messageOffset = 0;
  #namespace: string | undefined;
  #isInDocument = false;
  #header: XmlNode | null = null;
  #isInHeader = false;
  #open: OpenMessage | null = null;
  /** How many elements are open of what is left out. */
  #ignored = 0;
  #ignoredEnvelopes = 0;
  #held = { elements: 0, characters: 0 };

  constructor(options: Options) {
    this.#options = options;
  }

  /** Messages that began, whatever became of them. */
  get messages(): number {
    return this.#number;
  }

  open(tag: string, attributes: Readonly<Record<string, string>>, line: number): void {
    const name = this.#localName(tag);
    if (this.#ignored > 0) {
      this.#openIgnored(name);
      return;
    }
    if (this.#isInHeader || this.#open !== null) {
      if (name === "Document" || name === "AppHdr") throw this.#noEnd();
      if (name === "SplmtryData" || name === "Envlp") {
        this.#ignored = 1;
        this.#ignoredEnvelopes = 1;
      } else this.#hold(name, attributes, line);
      return;
    }
    if (this.#isInDocument) this.#openMessage(name, tag, attributes, line);
    else this.#openEnvelope(name, tag, attributes, line);
  }

  text(text: string): void {
    if (this.#ignored > 0 || (this.#open === null && !this.#isInHeader)) return;
    const node = this.#node;
    if (node.children !== null || node.handedOn !== null) return;
    this.#held.characters += text.length;
    if (this.#held.characters > heldCharactersMax) {
      throw new XmlStop(`a transaction has more than ${heldCharactersMax} characters`);
    }
    node.text = node.text === "" ? text : node.text + text;
  }

  close(): void {
    if (this.#ignored > 0) {
      this.#ignored--;
      if (this.#ignored < this.#ignoredEnvelopes) this.#ignoredEnvelopes = 0;
      return;
    }
    const node = this.#node;
    this.#node = node.parent!;
    if (this.#node === this.#top) this.#namespaces.clear();
    if (this.#open !== null) this.#closeHeld(node, this.#open);
    else if (this.#isInHeader) this.#isInHeader = node !== this.#header;
    else if (this.#isInDocument) {
      this.#isInDocument = false;
      // Nothing was below Document.
      if (this.#namespace !== undefined) this.#options.setAside(this.#messageOffset, "Document holds no message");
      this.#header = null;
    }
  }

  broken(offset: number, line: number, why: string): void {
    const open = this.#open;
    const taken = open === null || open.taken === 0 ? "" : `; of its transactions the first ${open.taken} were read`;
    const name = open === null ? "" : ` (${open.message.name})`;
    const which = open === null && !this.#isInDocument ? "" : `message ${this.#number}${name} is damaged: `;
    this.#options.setAside(offset, `line ${line}: ${which}${why}${taken}`);
    // The envelope is not known any more: what comes is somewhere below.
    this.#top = new XmlNode("/", null, 0);
    this.#node = this.#top;
    this.#isInDocument = false;
    this.#isInHeader = false;
    this.#open = null;
    this.#header = null;
    this.#ignored = 0;
    this.#ignoredEnvelopes = 0;
    this.#held = { elements: 0, characters: 0 };
  }

  #noEnd(): XmlStop {
    return new XmlStop(`it has no end, and another one begins`, { isBeginning: true });
  }

  #localName(tag: string): string {
    const known = this.#names.get(tag);
    if (known !== undefined) return known;
    // Not a part of the file's text, which would be kept with it.
    const name = ` ${tag.slice(tag.indexOf(":") + 1)}`.slice(1);
    if (this.#names.size < namesMax) this.#names.set(` ${tag}`.slice(1), name);
    return name;
  }

  #openIgnored(name: string): void {
    this.#ignored++;
    // Supplementary data may hold a Document of its own.
    if (this.#ignoredEnvelopes > 0) return;
    if (name === "Envlp") this.#ignoredEnvelopes = this.#ignored;
    else if (name === "Document" || name === "AppHdr") throw this.#noEnd();
  }

  #openEnvelope(name: string, tag: string, attributes: Readonly<Record<string, string>>, line: number): void {
    const node = this.#positioned(name, line);
    this.#node = node;
    if (name === "AppHdr") {
      this.#header = node;
      this.#isInHeader = true;
      return;
    }
    const namespace = this.#namespaceOf(tag, attributes);
    if (name !== "Document" && !isMessageElement(name)) this.#declare(attributes);
    else if (name === "Document") {
      this.#isInDocument = true;
      this.#beginMessage(namespace ?? "");
    } else {
      this.#node = node.parent!;
      this.#beginMessage(namespace ?? "");
      this.#openMessage(name, tag, attributes, line);
    }
  }

  #beginMessage(namespace: string): void {
    this.#number++;
    this.#messageOffset = this.#options.tagOffset();
    this.#namespace = namespace;
  }

  /** A new element in an envelope; in a root its position stands in its path, because there may be others after it. */
  #positioned(name: string, line: number): XmlNode {
    const parent = this.#node;
    const node = new XmlNode(name, parent, line);
    if (parent === this.#top) return node;
    parent.handedOn ??= new Map();
    node.position = (parent.handedOn.get(name) ?? 0) + 1;
    if (parent.handedOn.size < namesMax || node.position > 1) parent.handedOn.set(name, node.position);
    return node;
  }

  /** Takes note of the namespaces that an envelope declares; the last one of a prefix counts. */
  #declare(attributes: Readonly<Record<string, string>>): void {
    for (const attribute in attributes) {
      if (!attribute.startsWith("xmlns") || this.#namespaces.size >= namespacesMax) continue;
      this.#namespaces.set(` ${attribute}`.slice(1), ` ${attributes[attribute]!.slice(0, 200)}`.slice(1));
    }
  }

  #namespaceOf(tag: string, attributes: Readonly<Record<string, string>>): string | undefined {
    const colon = tag.indexOf(":");
    const attribute = colon < 0 ? "xmlns" : `xmlns:${tag.slice(0, colon)}`;
    return attributes[attribute] ?? this.#namespaces.get(attribute);
  }

  #openMessage(name: string, tag: string, attributes: Readonly<Record<string, string>>, line: number): void {
    if (name === "Document" || name === "AppHdr") throw this.#noEnd();
    const { file, sha256, emit } = this.#options;
    const own = this.#namespaceOf(tag, attributes);
    const definition = this.#header?.child("MsgDefIdr")?.text;
    const { name: kind, family } = messageKind(name, [own, this.#namespace, definition]);
    this.#namespace = undefined;
    if (family === null) {
      this.#options.setAside(
        this.#messageOffset,
        `${kind} is not supported (message ${this.#number}, ${name.slice(0, 40)})`,
      );
      this.#ignored = 1;
      return;
    }
    const root = new XmlNode(name, this.#node, line);
    this.#node = root;
    const message: IsoMessage = {
      name: kind,
      source: { file, sha256, message: this.#number },
      root,
      headerCreated: this.#header?.child("CreDt"),
      emit,
      setAside: (node, reason) => {
        const offset = node.offset < 0 ? this.#messageOffset : node.offset;
        this.#options.setAside(offset, `message ${this.#number} (${kind}): ${reason}`);
      },
    };
    this.#held = { elements: 0, characters: 0 };
    const reader = family.begin(message);
    this.#open = { message, reader, handedOn: [family.handedOn], heldBefore: [], taken: 0 };
  }

  #hold(name: string, attributes: Readonly<Record<string, string>>, line: number): void {
    const parent = this.#node;
    const node = new XmlNode(name, parent, line);
    const open = this.#open;
    const above = open?.handedOn.at(-1);
    const below = above != null && Object.hasOwn(above, name) ? above[name]! : null;
    open?.handedOn.push(below);
    if (below === null) parent.add(node);
    else {
      parent.handedOn ??= new Map();
      node.position = (parent.handedOn.get(name) ?? 0) + 1;
      parent.handedOn.set(name, node.position);
      node.offset = this.#options.tagOffset();
      open!.heldBefore.push({ ...this.#held });
    }
    if (++this.#held.elements > heldElementsMax) {
      throw new XmlStop(`a transaction has more than ${heldElementsMax} elements`);
    }
    const currency = attributes.Ccy;
    if (currency !== undefined) node.currency = ` ${currency.slice(0, 20)}`.slice(1);
    this.#node = node;
  }

  #closeHeld(node: XmlNode, open: OpenMessage): void {
    const isHandedOn = open.handedOn.pop() !== null;
    if (open.handedOn.length === 0) this.#endMessage(open);
    else if (isHandedOn) {
      this.#held = open.heldBefore.pop()!;
      this.#tryTo(node, () => open.reader.take(node));
      open.taken++;
    }
  }

  #endMessage(open: OpenMessage): void {
    this.#tryTo(open.message.root, () => open.reader.end());
    this.#open = null;
    this.#header = null;
    this.#held = { elements: 0, characters: 0 };
  }

  #tryTo(node: XmlNode, run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof BankValueError)) throw error;
      this.#open!.message.setAside(node, error.what);
    }
  }
}
