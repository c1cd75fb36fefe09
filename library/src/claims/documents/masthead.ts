const nouns =
  "Times|Post|Herald|Tribune|Gazette|News|Journal|Courier|Chronicle|Observer|Telegraph|Mail|Mirror|Wire|Press|" +
  "Standard|Dispatch|Examiner|Star|Globe|Register|Sentinel|Ledger|Argus|Echo|Messenger|Reporter|Daily|Weekly|Monthly";

/** A name as papers have them: "The Harbour Herald", "Coin Weekly". */
export const masthead = new RegExp(String.raw`(?:^|\s)\p{Lu}[\p{L}'’-]*\s(?:${nouns})$`, "u");

/** Up to five words that all begin large, as a name does: no sentence, and no date. */
export const nameLine =
  /^(?:The\s+)?\p{Lu}[\p{L}\p{N}.&'’-]*(?:\s+(?:(?:of|the|and|de)\s+)?[\p{Lu}\d][\p{L}\p{N}.&'’-]*){0,4}$/u;
