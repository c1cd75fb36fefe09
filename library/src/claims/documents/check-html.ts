import { Parser } from "htmlparser2";
import { DocumentTooLargeError } from "../../errors/claims.ts";
import { documentLimits } from "./limits.ts";

/** Text goes to the parser in pieces, so that a page that is over a limit is left after the piece that shows it. */
const pieceUnits = 65_536;
/** A tag that goes on for longer than this is no tag; without a bound the parser keeps all of it. */
const htmlTagUnitsMax = 2_000_000;

/**
 * Walks over HTML without building anything, and refuses what would cost too much to build: too long, too deep, too
 * many elements, too many attributes.
 * @throws DocumentTooLargeError
 */
export function checkHtml(html: string, source: string): void {
  const { htmlUnitsMax, htmlDepthMax, htmlElementsMax, htmlAttributesMax, htmlTextsMax } = documentLimits;
  const refuse = (limit: string, max: number, unit: string): never => {
    throw new DocumentTooLargeError({ source, limit, max, unit });
  };
  if (html.length > htmlUnitsMax) refuse("htmlUnitsMax", htmlUnitsMax, "characters");
  let depth = 0;
  let elements = 0;
  let attributes = 0;
  let texts = 0;
  let lastEvent = 0;
  const parser = new Parser({
    onopentagname() {
      attributes = 0;
      if (++elements > htmlElementsMax) refuse("htmlElementsMax", htmlElementsMax, "elements");
    },
    onattribute() {
      if (++attributes > htmlAttributesMax) refuse("htmlAttributesMax", htmlAttributesMax, "attributes in one tag");
    },
    onopentag() {
      lastEvent = parser.endIndex;
      if (++depth > htmlDepthMax) refuse("htmlDepthMax", htmlDepthMax, "elements inside one another");
    },
    onclosetag() {
      lastEvent = parser.endIndex;
      depth--;
    },
    ontext() {
      if (++texts > htmlTextsMax) refuse("htmlTextsMax", htmlTextsMax, "pieces of text and comments");
      lastEvent = parser.endIndex;
    },
    oncomment() {
      if (++texts > htmlTextsMax) refuse("htmlTextsMax", htmlTextsMax, "pieces of text and comments");
      lastEvent = parser.endIndex;
    },
    onprocessinginstruction() {
      lastEvent = parser.endIndex;
    },
  });
  for (let at = 0; at < html.length; at += pieceUnits) {
    parser.write(html.slice(at, at + pieceUnits));
    if (at - lastEvent > htmlTagUnitsMax) refuse("htmlTagUnitsMax", htmlTagUnitsMax, "characters in one tag");
  }
  parser.end();
}
