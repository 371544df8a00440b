#define _GNU_SOURCE
#include "load.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static const char usage[] =
    "usage: load rate|torture|streams|connects|sessions --port PORT [--host 127.0.0.1] [--path /mcp] [--token TOKEN]\n"
    "            [--session ID] [--method ping|GET] [--params JSON] [--expect TEXT] [--connections 16] [--seconds 5]\n"
    "            [--requests N] [--count N] [--seed N]\n"
    "Every answer is checked; a wrong one ends the program with status 1. Figures go to standard output as JSON.\n";

static const struct option table[] = {
    {"host", 1, 0, 'h'}, {"port", 1, 0, 'p'}, {"path", 1, 0, 'P'}, {"token", 1, 0, 't'}, {"session", 1, 0, 's'},
    {"method", 1, 0, 'm'}, {"params", 1, 0, 'a'}, {"expect", 1, 0, 'e'}, {"connections", 1, 0, 'c'},
    {"seconds", 1, 0, 'd'}, {"requests", 1, 0, 'n'}, {"count", 1, 0, 'k'}, {"seed", 1, 0, 'r'}, {0, 0, 0, 0}};

static struct options read_options(int count, char **arguments) {
    struct options options = {
        .host = "127.0.0.1", .path = "/mcp", .method = "ping", .connections = 16, .count = 1000, .seconds = 5};
    int letter;
    while ((letter = getopt_long(count, arguments, "", table, NULL)) != -1) {
        switch (letter) {
        case 'h': options.host = optarg; break;
        case 'p': options.port = optarg; break;
        case 'P': options.path = optarg; break;
        case 't': options.token = optarg; break;
        case 's': options.session = optarg; break;
        case 'm': options.method = optarg; break;
        case 'a': options.params = optarg; break;
        case 'e': options.expect = optarg; break;
        case 'c': options.connections = strtoull(optarg, NULL, 10); break;
        case 'd': options.seconds = strtod(optarg, NULL); break;
        case 'n': options.requests = strtoull(optarg, NULL, 10); break;
        case 'k': options.count = strtoull(optarg, NULL, 10); break;
        case 'r': options.seed = strtoull(optarg, NULL, 10); break;
        default: fail("%s", usage);
        }
    }
    if (!options.port || options.connections == 0) fail("%s", usage);
    return options;
}

int main(int count, char **arguments) {
    if (count < 2) fail("%s", usage);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    struct options options = read_options(count - 1, arguments + 1);
    if (strcmp(arguments[1], "rate") == 0) return run_rate(&options);
    if (strcmp(arguments[1], "torture") == 0) return run_torture(&options);
    if (strcmp(arguments[1], "streams") == 0) return run_streams(&options);
    if (strcmp(arguments[1], "connects") == 0) return run_connects(&options);
    if (strcmp(arguments[1], "sessions") == 0) return run_sessions(&options);
    fail("%s", usage);
}
