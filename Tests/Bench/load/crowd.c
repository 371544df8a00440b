#define _GNU_SOURCE
#include "load.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char input[INPUT_BYTES_MAX];
static char output[OUTPUT_BYTES_MAX];

static const char hello[] =
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
    "\"capabilities\":{},\"clientInfo\":{\"name\":\"load\",\"version\":\"1\"}}}";

static struct response exchange(int number, const struct options *options, const char *session, const char *body) {
    struct response response;
    size_t size = request_write(output, sizeof output, options, session, body);
    if (!send_all(number, output, size) || !receive_one(number, input, sizeof input, &response))
        fail("the server closed a connection");
    return response;
}

// Opens a session; its id is copied, empty when the server gives none.
static void open_session(int number, const struct options *options, char *session, size_t size) {
    struct response response = exchange(number, options, NULL, hello);
    if (response.status != 200 || !answers(&response, "1"))
        fail("initialize was answered with %d: %.300s", response.status, response.body);
    snprintf(session, size, "%.*s", (int)response.session_size, response.session ? response.session : "");
    response =
        exchange(number, options, session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    if (response.status != 202 && response.status != 200) fail("a notification was answered with %d", response.status);
}

static void report(const char *what, uint64_t count, double begin) {
    double seconds = now_seconds() - begin;
    printf("{\"%s\":%" PRIu64 ",\"seconds\":%.3f,\"rate\":%.1f}\n", what, count, seconds, (double)count / seconds);
    fflush(stdout);
}

int run_streams(const struct options *options) {
    double begin = now_seconds();
    int control = connect_to(options);
    for (uint64_t count = 0; count < options->count; count++) {
        char session[256];
        open_session(control, options, session, sizeof session);
        int stream = connect_to(options);
        size_t size = request_write(output, sizeof output, options, session, NULL);
        if (!send_all(stream, output, size)) fail("the server closed a stream");
        // The head alone: the body does not end.
        size_t used = 0;
        double start = now_seconds();
        while (!memmem(input, used, "\r\n\r\n", 4)) {
            ssize_t received = recv(stream, input + used, sizeof input - used, 0);
            if (received > 0) used += (size_t)received;
            else if (received == 0) fail("the server closed stream %" PRIu64, count);
            else usleep(50);
            if (now_seconds() - start > WAIT_SECONDS_MAX) fail("stream %" PRIu64 " does not begin", count);
        }
        if (strncmp(input, "HTTP/1.1 200", 12) != 0) fail("stream %" PRIu64 ": %.300s", count, input);
    }
    report("streams", options->count, begin);
    // Held until whoever started this closes its input.
    while (read(STDIN_FILENO, input, sizeof input) > 0) {}
    return 0;
}

int run_connects(const struct options *options) {
    double begin = now_seconds();
    for (uint64_t count = 0; count < options->count; count++) {
        int number = connect_to(options);
        struct response response =
            exchange(number, options, options->session, "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}");
        if (response.status != 200 || !answers(&response, "7")) fail("ping was answered with %d", response.status);
        close(number);
    }
    report("connects", options->count, begin);
    return 0;
}

int run_sessions(const struct options *options) {
    double begin = now_seconds();
    int number = connect_to(options);
    for (uint64_t count = 0; count < options->count; count++) {
        char session[256];
        open_session(number, options, session, sizeof session);
    }
    report("sessions", options->count, begin);
    return 0;
}
