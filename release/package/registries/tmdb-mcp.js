#!/usr/bin/env node
// Starts the program that npm has installed for this machine, in the place of Node.js where that can be.
"use strict";

const { spawn } = require("node:child_process");
const os = require("node:os");

function fail(...lines) {
  for (const line of lines) process.stderr.write(`tmdb-mcp: ${line}\n`);
  process.exit(1);
}

function find() {
  const machine = os.machine();
  if (/^armv[1-6]/.test(machine)) {
    fail(`this processor is too old: ${machine}; armv7 is the least on npm`, "install.sh has a program for armv6l.");
  }
  const name = `@tmdb-mcp/${process.platform}-${process.arch}`;
  try {
    return require.resolve(`${name}/bin/tmdb-mcp`);
  } catch {
    fail(
      `${name} is not installed`,
      "There are programs for linux-x64, -arm64, -arm, -riscv64 and -ia32. Where this is one of them, install again,",
      "without --omit=optional or --no-optional: the program is an optional dependency.",
    );
  }
}

const program = find();
const words = process.argv.slice(2);

// From Node.js 22.15 on it takes the place of this process, and nothing follows.
if (process.execve) process.execve(program, [program, ...words], process.env);

// Before there is a child: a signal in between is kept for the loop.
let child;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
for (const signal of signals) process.on(signal, () => child.kill(signal));
child = spawn(program, words, { stdio: "inherit" });
child.on("error", (error) => fail(`${program} cannot be started: ${error.code}`));
child.on("exit", (code, signal) => {
  if (!signal) process.exit(code);
  // As it ended, so does this.
  for (const each of signals) process.removeAllListeners(each);
  process.kill(process.pid, signal);
});
