// Types every row of cases.tsv with the typing aid, without a browser.
// Usage: node check.mjs TYPING_AID CASES
import { readFileSync } from "node:fs";

const [aid, table] = process.argv.slice(2);
const { compose } = await import(`data:text/javascript;base64,${readFileSync(aid).toString("base64")}`);
const [, ...rows] = readFileSync(table, "utf8").trimEnd().split("\n").map((row) => row.split("\t"));
const wrong = rows.filter(([method, typed, expected]) => compose(typed, method) !== expected);
for (const [method, typed, expected, why = ""] of wrong) {
  console.log(`${method}: ${typed} made ${compose(typed, method)} and not ${expected}. ${why}`);
}
console.log(`${rows.length - wrong.length} of ${rows.length} right`);
process.exitCode = wrong.length ? 1 : 0;
