// Installs what the project needs, once: `npm install` runs when the package files or the lock differ
// from those of the last finished install. Plain JavaScript, because any Node from 20 on must run it.
// A killed install can leave torn native files that npm never repairs, so an install that did not
// finish (its lock is there, its process is not) is wiped and made anew.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const stamp = join(modules, ".spoor-set-up");
const lock = join(root, ".spoor-set-up.lock");
const waitMsMax = 15 * 60_000;

function inputsHash() {
  const hash = createHash("sha256");
  for (const file of ["package.json", "package-lock.json", "library/package.json", "cli/package.json"]) {
    const path = join(root, file);
    hash.update(`${file}\0`);
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  return hash.digest("hex");
}

const isSetUp = () => existsSync(stamp) && readFileSync(stamp, "utf8") === inputsHash();

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Takes the lock, or waits for the process that holds it. Returns whether an unfinished install was found. */
function takeLock() {
  const started = Date.now();
  for (let told = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return false;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const pid = Number(readFileSync(lock, "utf8")) || 0;
    if (pid === 0 || !isAlive(pid)) {
      writeFileSync(lock, String(process.pid));
      return true;
    }
    if (!told) console.error(`spoor: process ${pid} is setting the project up; waiting for it`);
    told = true;
    if (Date.now() - started > waitMsMax) {
      console.error(`spoor: process ${pid} still holds ${lock}; stop it, remove that file, and try again`);
      process.exit(3);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
  }
}

function install() {
  console.error("spoor: installing what the project needs (once; about half a minute)");
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ["npm", []];
  const result = spawnSync(command, [...first, "install", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (result.status !== 0) {
    console.error(`${result.stdout ?? ""}${result.stderr ?? ""}`.trim());
    console.error("spoor: 'npm install' failed (see above); mend its cause and run the same command again");
    process.exit(3);
  }
}

const [major] = process.versions.node.split(".").map(Number);
if (major < 20) {
  console.error(`spoor: Node ${process.versions.node} is too old to set the project up; Node 20 or later is needed`);
  process.exit(2);
}
if (!isSetUp()) {
  const unfinished = takeLock();
  try {
    if (unfinished) rmSync(modules, { recursive: true, force: true });
    if (!isSetUp()) {
      install();
      mkdirSync(modules, { recursive: true });
      writeFileSync(stamp, inputsHash());
    }
  } finally {
    rmSync(lock, { force: true });
  }
}
