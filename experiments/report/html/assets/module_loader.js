"use strict";
// Vega's packages are UMD modules, one file each. Each is put into a function and runs when it is first asked for.
const assayModules = {};
function assayModule(name) {
  const found = assayModules[name];
  if (!found.exports) {
    found.exports = {};
    found.body.call(undefined, found.exports, { exports: found.exports }, assayModule);
  }
  return found.exports;
}
