// node read_back.mjs A.xlsx B.xlsx …: every cell of every sheet as exceljs and as SheetJS read it, as JSON on stdout:
// file -> library -> sheet -> rows of values, null where a cell is empty.
import fs from "node:fs";
import ExcelJS from "exceljs";
import XLSX from "xlsx";

async function byExceljs(file) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  return Object.fromEntries(book.worksheets.map((sheet) => [sheet.name, rowsOf(sheet)]));
}

function rowsOf(sheet) {
  const numbers = (count) => Array.from({ length: count }, (_, index) => index + 1);
  return numbers(sheet.rowCount).map((row) => numbers(sheet.columnCount).map((column) => valueOf(sheet.getCell(row, column))));
}

function valueOf(cell) {
  const isInside = cell.isMerged && cell.master !== cell; // exceljs repeats a merged cell's value
  const value = isInside ? null : cell.value;
  return cell.formula ? null : value; // our formulas add up what is still empty
}

function bySheetjs(file) {
  const book = XLSX.read(fs.readFileSync(file), { cellFormula: false });
  const rows = (sheet) => XLSX.utils.sheet_to_json(sheet, { header: 1, defval: null, blankrows: true });
  return Object.fromEntries(book.SheetNames.map((name) => [name, rows(book.Sheets[name])]));
}

const read = {};
for (const file of process.argv.slice(2)) {
  read[file] = { exceljs: await byExceljs(file), SheetJS: bySheetjs(file) };
}
process.stdout.write(JSON.stringify(read));
