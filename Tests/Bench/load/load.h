#pragma once

// A client of MCP over HTTP that is fast enough to measure servers, and checks every answer.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    INPUT_BYTES_MAX = 1 << 20,
    OUTPUT_BYTES_MAX = 1 << 16,
    WAIT_SECONDS_MAX = 30,
};

struct options {
    const char *host, *port, *path, *token, *session, *method, *params, *expect;
    uint64_t connections, requests, count, seed;
    double seconds;
};

struct response {
    int status;
    char *body;
    size_t body_size;
    // Of the whole response, head included.
    size_t size;
    // The value of Mcp-Session-Id, with its length; null without one.
    const char *session;
    size_t session_size;
};

enum reading { NEEDS_MORE, WHOLE, BROKEN };

// Reads one HTTP response at the beginning of the bytes. A chunked body is put together in place.
enum reading response_read(char *bytes, size_t count, struct response *response);

// Whether the bytes contain the text.
bool contains(const char *bytes, size_t count, const char *text);

// Whether the answer (JSON, or one SSE event with it) carries `"id":id`, with the id as JSON text.
bool answers(const struct response *response, const char *id);

// Writes a POST with the body, or a GET of the event stream when the body is null; returns its size.
size_t request_write(char *output, size_t size, const struct options *options, const char *session, const char *body);

// A connected non-blocking socket without delay. Ends the program when the server takes none.
int connect_to(const struct options *options);

// Writes all, waiting when the socket is full. Returns false when the server closed it.
bool send_all(int socket, const char *bytes, size_t count);

// Reads one response, waiting for it. Ends the program after WAIT_SECONDS_MAX. Returns false at a closed connection.
bool receive_one(int socket, char *input, size_t size, struct response *response);

double now_seconds(void);

// Ends the program with a message on standard error and status 1.
void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

int run_rate(const struct options *options);
int run_torture(const struct options *options);
int run_streams(const struct options *options);
int run_connects(const struct options *options);
int run_sessions(const struct options *options);
