/** A PDF by hand (ISO 32000-1): one page for each list of lines, an empty line is a gap between paragraphs. */
export function pdfOf(pages: readonly (readonly string[])[]): Buffer {
  const objects: string[] = [];
  const kids = pages.map((_, at) => `${4 + at * 2} 0 R`).join(" ");
  objects.push("<< /Type /Catalog /Pages 2 0 R >>");
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  pages.forEach((lines, at) => {
    const shown = lines.map((line) => (line === "" ? "0 -14 Td" : `0 -14 Td (${line.replace(/[()\\]/gu, "\\$&")}) Tj`));
    const content = `BT /F1 12 Tf 72 720 Td\n${shown.join("\n")}\nET`;
    const resources = "/Resources << /Font << /F1 3 0 R >> >>";
    const box = "/MediaBox [0 0 612 792]";
    objects.push(`<< /Type /Page /Parent 2 0 R ${box} /Contents ${5 + at * 2} 0 R ${resources} >>`);
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  });
  let file = "%PDF-1.4\n";
  const offsets: number[] = [];
  objects.forEach((object, at) => {
    offsets.push(file.length);
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const tail = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(`${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${tail}`, "latin1");
}
